import { historyId, suggestionId } from '../../indexer/events/suggestion-id.ts';
import { brandCompletion } from '../../indexer/segment/completion-id.ts';
import {
  FROM_FRESH,
  FROM_INFIX,
  FROM_PREFIX,
  FROM_SESSION,
  FROM_VIDEO,
} from '../../ranking/features/candidate-table.ts';
import type { Placed } from '../retrieval/answer-assembly.ts';
import { alignedSpans, prefixSpans } from '../retrieval/match-spans.ts';
import { type Suggestion, WrittenSuggestion } from '../suggest-engine.ts';
import type { AskerRows, TextCandidate } from './asker-rows.ts';
import { BLOCK_ROWS, type CandidateBlock } from './candidate-block.ts';
import type { OwnForm } from './own-form.ts';
import type { BoundOwner } from './profile-binder.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Score units behind the best after which the shown score is half. */
const HALF_AT = 8;
/** Completions that are written down for a block; many more than anybody is shown of it. */
const MOST_WRITTEN = 256;

export interface WritingTask {
  /** By number, see `rowNumber`. */
  readonly scores: Float32Array;
  readonly owner: BoundOwner | null;
  readonly ownerHash: string;
}

/** Writes chosen candidates down as suggestions. How a completion is shown depends on the typed text alone, and is remembered with its block. */
export class RowWriter {
  /** @param numbers of candidates, see `rowNumber` */
  write(
    face: SnapshotFace,
    block: CandidateBlock,
    rows: AskerRows,
    numbers: Uint16Array,
    task: WritingTask,
  ): Suggestion[] {
    const { scores } = task;
    const top = numbers.length === 0 ? 0 : scores[numbers[0]!]!;
    let least = 1;
    return Array.from(numbers, (number) => {
      least = Math.min(least, shownScore(scores[number]!, top));
      if (number < BLOCK_ROWS) {
        const id = block.idOf(number);
        return scored(this.#written(face, block, number, id, block.sourcesOf(number)), least);
      }
      return this.#writeOwn(face, block, rows, number - BLOCK_ROWS, least, task);
    });
  }

  /** What of who asks stands in the answer is told by its source. */
  #writeOwn(
    face: SnapshotFace,
    block: CandidateBlock,
    { table, texts, blockRows }: AskerRows,
    row: number,
    score: number,
    { owner, ownerHash }: WritingTask,
  ): Suggestion {
    const text = texts[row];
    const sources = table.sources[row]!;
    const place = table.history[row]!;
    const form = place < 0 ? undefined : owner?.forms[place];
    const known = blockRows[row]!;
    if (text !== undefined) {
      const { normalised } = text;
      const shown = writeText(text, sources, block.found.normalised);
      if (form !== undefined) {
        return { ...shown, id: entryId(form, ownerHash), source: 'history', score };
      }
      const isFresh = (sources & FROM_FRESH) !== 0;
      // What was made of the user's own words alone is theirs alone.
      return isFresh
        ? { ...shown, id: suggestionId(normalised), source: 'fresh', score }
        : { ...shown, id: historyId(ownerHash, normalised), source: 'session', score };
    }
    const written = scored(this.#written(face, block, known, table.ids[row]!, sources), score);
    if (form !== undefined) return { ...written, id: entryId(form, ownerHash), source: 'history' };
    if (known >= 0 && known < block.slots) return written;
    if ((sources & FROM_SESSION) !== 0) return { ...written, source: 'session' };
    return (sources & FROM_VIDEO) !== 0 ? { ...written, source: 'video' } : written;
  }

  /** @param known its row of the block; negative where it has none */
  #written(
    face: SnapshotFace,
    block: CandidateBlock,
    known: number,
    id: number,
    sources: number,
  ): Suggestion {
    const isSlot = known >= 0 && known < block.slots;
    const isInfix = !isSlot && (sources & (FROM_PREFIX | FROM_INFIX)) === FROM_INFIX;
    const key = 2 * id + (isInfix ? 1 : 0);
    let suggestion = block.written.get(key);
    if (suggestion === undefined) {
      const slot = isSlot ? block.found.placed[known]! : slotOf(id, isInfix);
      const described = face.engine.describe(block.found, [slot])[0]!;
      suggestion = { ...described, written: new WrittenSuggestion(described) };
      if (block.written.size === MOST_WRITTEN) block.written.clear();
      block.written.set(key, suggestion);
    }
    face.noteShown(id, suggestion.id);
    return suggestion;
  }
}

/** Another's score is part of how it was written down first. */
function scored(suggestion: Suggestion, score: number): Suggestion {
  const { id, text, kind, source, matches } = suggestion;
  const written = suggestion.written ?? new WrittenSuggestion(suggestion);
  return { id, text, kind, source, score, matches, written };
}

/** The id of an own entry to its owner. */
function entryId(form: OwnForm, owner: string): string {
  if (form.shownAs?.owner !== owner) {
    form.shownAs = { owner, id: historyId(owner, form.normalised) };
  }
  return form.shownAs.id;
}

function slotOf(id: number, isInfix: boolean): Placed {
  const candidate = { id: brandCompletion(id), score: 0, logScore: 0 };
  return { kind: isInfix ? 'infix' : 'prefix', candidate, worth: 0 };
}

function writeText(
  { normalised, surface, kind }: TextCandidate,
  sources: number,
  typed: string,
): Pick<Suggestion, 'text' | 'kind' | 'matches'> {
  const isPrefix = (sources & FROM_PREFIX) !== 0;
  return {
    text: surface,
    kind,
    matches: isPrefix
      ? prefixSpans(surface, normalised, typed)
      : alignedSpans(surface, normalised, typed),
  };
}

/** A score for people: 1 for the best, falling with the ranker's score; six decimals, never quite 0. */
function shownScore(score: number, top: number): number {
  return Math.max(1e-6, Math.round(1e6 / (1 + Math.max(0, top - score) / HALF_AT)) / 1e6);
}
