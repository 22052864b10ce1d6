import type { Segment } from '../../indexer/segment/segment.ts';
import { FROM_FRESH, FROM_INFIX, FROM_PREFIX } from '../../ranking/features/candidate-table.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import type { FreshCandidate } from '../surfaces/live/fresh-candidate.ts';
import type { AskerRows } from './asker-rows.ts';
import { type CandidateBlock, MOST_FRESH } from './candidate-block.ts';
import { bytesOf, termsOf } from './own-form.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Texts that enough people search now and the snapshot lacks. */
export interface FreshSource {
  find(typed: string, choice: MarketChoice, limit: number): readonly FreshCandidate[];
}

/** How a snapshot reads a fresh text: remembered, as the same one is found with every key. */
interface ReadText {
  readonly segment: Segment;
  readonly terms: Int32Array;
  readonly bytes: number;
}

const READ = new WeakMap<FreshCandidate, ReadText>();

/** Adds fresh texts. They stand where they do for anybody: among the direct matches by score, or behind them where nothing may come between. */
export function addFreshTexts(
  { segment, manifest }: SnapshotFace,
  block: CandidateBlock,
  fresh: FreshSource,
  rows: AskerRows,
): void {
  const { choice, normalised } = block.found;
  const texts = fresh.find(normalised, choice, MOST_FRESH);
  if (texts.length === 0) return;
  const { slots } = block;
  // What stands first for anybody: a row of the block, or the complement of one of the asker's.
  const order = Array.from({ length: slots }, (_, known) => known);
  const popularityOf = (number: number) =>
    number >= 0 ? block.popularityOf(number) : rows.table.popularity[~number]!;
  for (const text of texts) {
    const isPrefix = text.match.kind === 'prefix';
    const { terms, bytes } = read(segment, text);
    const source = FROM_FRESH | (isPrefix ? FROM_PREFIX : FROM_INFIX);
    const row = rows.addText(text, source, terms, bytes);
    rows.table.popularity[row] = text.logScore;
    let place = order.length;
    if (manifest.group !== 'none' && isPrefix) {
      while (place > 0 && popularityOf(order[place - 1]!) < text.logScore) place--;
    }
    order.splice(place, 0, ~row);
  }
  order.forEach((number, place) => {
    if (number < 0) rows.table.places[~number] = place;
    else if (number !== place) rows.table.places[rows.slotRow(number)] = place;
  });
}

function read(segment: Segment, text: FreshCandidate): ReadText {
  const { normalised } = text;
  let known = READ.get(text);
  if (known?.segment !== segment) {
    known = { segment, terms: termsOf(segment, normalised), bytes: bytesOf(normalised) };
    READ.set(text, known);
  }
  return known;
}
