import { FROM_FRESH, FROM_INFIX, FROM_PREFIX } from '../../ranking/features/candidate-table.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import type { FreshCandidate } from '../surfaces/live/fresh-candidate.ts';
import type { AskerRows } from './asker-rows.ts';
import type { CandidateBlock } from './candidate-block.ts';
import { bytesOf, termsOf } from './own-form.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Fresh texts of a request. */
export const MOST_FRESH = 16;

/** Texts that enough people search now and the snapshot lacks. */
export interface FreshSource {
  find(typed: string, choice: MarketChoice, limit: number): readonly FreshCandidate[];
}

/** A row of what stands first for anybody, before it has its place. */
interface PlacedRow {
  readonly popularity: number;
  /** Of the block; null for a fresh text. */
  readonly known: number | null;
  /** Of the asker's rows, for a fresh text. */
  readonly row: number;
}

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
  const order: PlacedRow[] = Array.from({ length: block.slots }, (_, known) => ({
    ...{ known, row: known, popularity: block.table.popularity[known]! },
  }));
  for (const text of texts) {
    const isPrefix = text.match.kind === 'prefix';
    const terms = termsOf(segment, text.normalised);
    const source = FROM_FRESH | (isPrefix ? FROM_PREFIX : FROM_INFIX);
    const row = rows.addText(text, source, terms, bytesOf(text.normalised));
    rows.table.popularity[row] = text.logScore;
    let place = order.length;
    if (manifest.group !== 'none' && isPrefix) {
      while (place > 0 && order[place - 1]!.popularity < text.logScore) place--;
    }
    order.splice(place, 0, { known: null, row, popularity: rows.table.popularity[row]! });
  }
  order.forEach(({ known, row }, place) => {
    if (known === null) rows.table.places[row] = place;
    else if (known !== place) rows.table.places[rows.slotRow(known)] = place;
  });
}
