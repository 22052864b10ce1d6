import { historyId, suggestionId } from '../../indexer/events/suggestion-id.ts';
import { brandCompletion } from '../../indexer/segment/completion-id.ts';
import {
  type CandidateTable,
  FROM_FRESH,
  FROM_INFIX,
  FROM_PREFIX,
  FROM_SESSION,
  FROM_VIDEO,
} from '../../ranking/features/candidate-table.ts';
import type { Placed } from '../retrieval/answer-assembly.ts';
import type { FoundSuggestions } from '../retrieval/engine.ts';
import { alignedSpans, prefixSpans } from '../retrieval/match-spans.ts';
import type { Suggestion } from '../suggest-engine.ts';
import type { Generation, TextCandidate } from './generation.ts';
import type { OwnForm } from './own-form.ts';
import type { BoundOwner } from './profile-binder.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Score units behind the best after which the shown score is half. */
const HALF_AT = 8;

export interface WritingTask {
  readonly scores: Float32Array;
  readonly owner: BoundOwner | null;
  readonly ownerHash: string;
}

/** Writes chosen rows down as suggestions. */
export class RowWriter {
  write(
    face: SnapshotFace,
    generation: Generation,
    found: FoundSuggestions,
    rows: Uint16Array,
    task: WritingTask,
  ): Suggestion[] {
    const { candidates, slots, texts } = generation;
    const placed: Placed[] = [];
    for (const row of rows) {
      if (texts[row] === undefined) placed.push(slots[row] ?? slotOf(candidates, row));
    }
    const described = face.engine.describe(found, placed);
    const top = rows.length === 0 ? 0 : task.scores[rows[0]!]!;
    let least = 1;
    let next = 0;
    return Array.from(rows, (row) => {
      least = Math.min(least, shownScore(task.scores[row]!, top));
      const text = texts[row];
      const sources = candidates.sources[row]!;
      const place = candidates.history[row]!;
      const form = place < 0 ? undefined : task.owner?.forms[place];
      const suggestion =
        text === undefined
          ? { ...described[next++]!, score: least }
          : writeText(text, sources, found.normalised, least);
      // What was made of the user's own words alone is theirs alone.
      if (text !== undefined && form === undefined && (sources & FROM_FRESH) === 0) {
        return {
          ...suggestion,
          id: historyId(task.ownerHash, text.normalised),
          source: 'session',
        };
      }
      if (text === undefined) face.noteShown(candidates.ids[row]!, suggestion.id);
      if (form !== undefined) {
        return { ...suggestion, id: entryId(form, task.ownerHash), source: 'history' };
      }
      if (slots[row] !== undefined) return suggestion;
      if ((sources & FROM_SESSION) !== 0) return { ...suggestion, source: 'session' };
      return (sources & FROM_VIDEO) !== 0 ? { ...suggestion, source: 'video' } : suggestion;
    });
  }
}

/** The id of an own entry to its owner. */
function entryId(form: OwnForm, owner: string): string {
  if (form.shownAs?.owner !== owner) {
    form.shownAs = { owner, id: historyId(owner, form.normalised) };
  }
  return form.shownAs.id;
}

function slotOf({ ids, popularity, sources }: CandidateTable, row: number): Placed {
  const logScore = popularity[row]!;
  const candidate = { id: brandCompletion(ids[row]!), score: 0, logScore };
  const isInfix = (sources[row]! & (FROM_PREFIX | FROM_INFIX)) === FROM_INFIX;
  return { kind: isInfix ? 'infix' : 'prefix', candidate, worth: logScore };
}

function writeText(
  { normalised, surface, kind }: TextCandidate,
  sources: number,
  typed: string,
  score: number,
): Suggestion {
  const isPrefix = (sources & FROM_PREFIX) !== 0;
  return {
    id: suggestionId(normalised),
    text: surface,
    kind,
    source: (sources & FROM_FRESH) !== 0 ? 'fresh' : 'history',
    score,
    matches: isPrefix
      ? prefixSpans(surface, normalised, typed)
      : alignedSpans(surface, normalised, typed),
  };
}

/** A score for people: 1 for the best, falling with the ranker's score; six decimals, never quite 0. */
function shownScore(score: number, top: number): number {
  return Math.max(1e-6, Math.round(1e6 / (1 + Math.max(0, top - score) / HALF_AT)) / 1e6);
}
