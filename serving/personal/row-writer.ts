import { historyId, suggestionId } from '../../indexer/events/suggestion-id.ts';
import { brandCompletion } from '../../indexer/segment/completion-id.ts';
import {
  FROM_FRESH,
  FROM_INFIX,
  FROM_PREFIX,
  FROM_SESSION,
  FROM_VIDEO,
} from '../../ranking/features/candidate-table.ts';
import { bytesOfText, jsonOfMillionths } from '../json-text.ts';
import type { Placed } from '../retrieval/answer-assembly.ts';
import { alignedSpans, prefixSpans } from '../retrieval/match-spans.ts';
import type { Suggestion } from '../suggest-engine.ts';
import { afterScore, beforeScore } from '../suggestion-json.ts';
import type { AskerRows, TextCandidate } from './asker-rows.ts';
import { BLOCK_ROWS, type CandidateBlock } from './candidate-block.ts';
import type { OwnForm } from './own-form.ts';
import type { BoundOwner } from './profile-binder.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Score units behind the best after which the shown score is half. */
const HALF_AT = 8;
const MILLION = 1e6;

/** What is written down, for whom. */
export interface WritingTask {
  readonly face: SnapshotFace;
  readonly block: CandidateBlock;
  readonly rows: AskerRows;
  /** Of candidates, see `rowNumber`; the first `count` are shown. */
  readonly numbers: Uint16Array;
  readonly count: number;
  /** By number. */
  readonly scores: Float32Array;
  readonly owner: BoundOwner | null;
  readonly ownerHash: string;
}

/** Writes chosen candidates down. How a completion is shown depends on the typed text alone, and is remembered with its block. */
export class RowWriter {
  write(task: WritingTask): Suggestion[] {
    const { block, numbers, count, scores } = task;
    const suggestions: Suggestion[] = [];
    let least = MILLION;
    for (let i = 0; i < count; i++) {
      const number = numbers[i]!;
      least = Math.min(least, shownMillionths(scores[number]!, scores[numbers[0]!]!));
      const { id, text, kind, source, matches } =
        number < BLOCK_ROWS
          ? block.written.suggestionAt(placeOfRow(task, number))
          : describeOwn(task, number - BLOCK_ROWS);
      suggestions.push({ id, text, kind, source, score: least / MILLION, matches });
    }
    return suggestions;
  }

  /** The JSON of the same suggestions, with commas between them, a code unit a byte. */
  writeList(task: WritingTask): string {
    const { block, numbers, count, scores } = task;
    const { written } = block;
    let list = '';
    let least = MILLION;
    for (let i = 0; i < count; i++) {
      const number = numbers[i]!;
      least = Math.min(least, shownMillionths(scores[number]!, scores[numbers[0]!]!));
      const score = jsonOfMillionths(least);
      if (number < BLOCK_ROWS) {
        const place = placeOfRow(task, number);
        const before = written.beforeAt(place);
        list += (i === 0 ? before.slice(1) : before) + score + written.afterAt(place);
      } else {
        const own = listOwn(task, number - BLOCK_ROWS, score);
        list += i === 0 ? own.slice(1) : own;
      }
    }
    return list;
  }
}

/** Where a row of the block is written down; noted as shown. */
function placeOfRow(task: WritingTask, row: number): number {
  const { block } = task;
  const { written } = block;
  let place = written.placeOfRow(row);
  if (place === 0) {
    place = placeOf(task, row, block.idOf(row), isFoundInfix(block, row, block.sourcesOf(row)));
    written.setRow(row, place);
  }
  noteShown(task, place);
  return place;
}

/** Notes that a completion is shown, unless that is noted. */
function noteShown({ face, block: { written } }: WritingTask, place: number): void {
  if (written.epochAt(place) === face.shownEpoch) return;
  face.noteShown(written.completionAt(place), written.suggestionAt(place).id);
  written.setEpoch(place, face.shownEpoch);
}

/** Whether a completion that came in by some sources is shown as found in any order. @param known its row of the block; negative where it has none */
function isFoundInfix({ slots }: CandidateBlock, known: number, sources: number): boolean {
  const isSlot = known >= 0 && known < slots;
  return !isSlot && (sources & (FROM_PREFIX | FROM_INFIX)) === FROM_INFIX;
}

/** Where a completion is written down. @param known its row of the block; negative where it has none */
function placeOf(
  { face, block }: WritingTask,
  known: number,
  id: number,
  isInfix: boolean,
): number {
  const place = block.written.placeOf(id, isInfix);
  if (place !== 0) return place;
  const isSlot = known >= 0 && known < block.slots;
  const slot = isSlot ? block.found.placed[known]! : slotOf(id, isInfix);
  return block.written.add(id, isInfix, face.engine.describe(block.found, [slot])[0]!);
}

/** The entry of the history that a row of who asks is. */
function formOf({ owner, rows }: WritingTask, row: number): OwnForm | undefined {
  const place = rows.table.history[row]!;
  return place < 0 ? undefined : owner?.forms[place];
}

/** The JSON of a row of who asks, with a comma in front. */
function listOwn(task: WritingTask, row: number, score: string): string {
  const { rows, block, ownerHash } = task;
  const { written } = block;
  const form = formOf(task, row);
  if (rows.texts[row] !== undefined) {
    const shown = describeOwn(task, row);
    const before = form === undefined ? writeBefore(shown) : beforeOfEntry(form, shown, false);
    return before + score + afterScore(shown);
  }
  const place = placeOfOwn(task, row);
  const after = written.afterAt(place);
  if (form !== undefined) {
    const { shownAs } = form;
    // What is the same with every key is not even looked at.
    const before =
      shownAs?.isCompletion === true && shownAs.owner === ownerHash
        ? shownAs.before
        : beforeOfEntry(form, describeOwn(task, row), true);
    return before + score + after;
  }
  const source = ownSource(task, row);
  if (source === null) return written.beforeAt(place) + score + after;
  const { id, text, kind } = written.suggestionAt(place);
  return writeBefore({ id, text, kind, source }) + score + after;
}

/** How a row of who asks is shown, with any score. What of them stands in the answer is told by its source. */
function describeOwn(task: WritingTask, row: number): Suggestion {
  const { block, rows, ownerHash } = task;
  const text = rows.texts[row];
  const form = formOf(task, row);
  if (text === undefined) {
    const shown = block.written.suggestionAt(placeOfOwn(task, row));
    if (form !== undefined) return { ...shown, id: entryId(form, ownerHash), source: 'history' };
    const source = ownSource(task, row);
    return source === null ? shown : { ...shown, source };
  }
  const sources = rows.table.sources[row]!;
  const shown = { ...describeText(text, sources, block.found.normalised), score: 1 };
  if (form !== undefined) return { ...shown, id: entryId(form, ownerHash), source: 'history' };
  const { normalised } = text;
  // What was made of the user's own words alone is theirs alone.
  return (sources & FROM_FRESH) !== 0
    ? { ...shown, id: suggestionId(normalised), source: 'fresh' }
    : { ...shown, id: historyId(ownerHash, normalised), source: 'session' };
}

/** Where the completion of a row of who asks is written down; noted as shown. */
function placeOfOwn(task: WritingTask, row: number): number {
  const { block, rows } = task;
  const known = rows.blockRows[row]!;
  const isInfix = isFoundInfix(block, known, rows.table.sources[row]!);
  let place = known < 0 ? 0 : block.written.placeOfStandIn(known, isInfix);
  if (place === 0) {
    place = placeOf(task, known, rows.table.ids[row]!, isInfix);
    if (known >= 0) block.written.setStandIn(known, isInfix, place);
  }
  noteShown(task, place);
  return place;
}

/** The source of a completion that is no entry of the history and is among the candidates through who asks; null for others. */
function ownSource({ block, rows }: WritingTask, row: number): 'session' | 'video' | null {
  const known = rows.blockRows[row]!;
  if (known >= 0 && known < block.slots) return null;
  const sources = rows.table.sources[row]!;
  if ((sources & FROM_SESSION) !== 0) return 'session';
  return (sources & FROM_VIDEO) !== 0 ? 'video' : null;
}

/** The id of an own entry to its owner. */
function entryId(form: OwnForm, owner: string): string {
  if (form.shownAs?.owner !== owner) {
    const id = historyId(owner, form.normalised);
    form.shownAs = { owner, id, kind: 'query', text: '', isCompletion: false, before: '' };
  }
  return form.shownAs.id;
}

/** What is written before the score of an own entry that was described: remembered with it, as with every key it is the same. */
function beforeOfEntry({ shownAs }: OwnForm, shown: Suggestion, isCompletion: boolean): string {
  if (shownAs?.id !== shown.id) return writeBefore(shown);
  shownAs.isCompletion = isCompletion;
  if (shownAs.text !== shown.text || shownAs.kind !== shown.kind) {
    shownAs.text = shown.text;
    shownAs.kind = shown.kind;
    shownAs.before = writeBefore(shown);
  }
  return shownAs.before;
}

function writeBefore(shown: Pick<Suggestion, 'id' | 'text' | 'kind' | 'source'>): string {
  return bytesOfText(`,${beforeScore(shown)}`);
}

function slotOf(id: number, isInfix: boolean): Placed {
  const candidate = { id: brandCompletion(id), score: 0, logScore: 0 };
  return { kind: isInfix ? 'infix' : 'prefix', candidate, worth: 0 };
}

function describeText(
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

/** Millionths of a score for people: a million for the best, falling with the ranker's score, never quite 0. */
function shownMillionths(score: number, top: number): number {
  return Math.max(1, Math.round(MILLION / (1 + Math.max(0, top - score) / HALF_AT)));
}
