import { relateByNumber } from '../../../dictionaries/inflection/noun-number.ts';
import { numberForms } from '../../../dictionaries/inflection/number-forms.ts';
import { fold } from '../../../dictionaries/reading/fold.ts';
import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { Alternative } from '../../retrieval/interpretation/alternative.ts';
import { PieceReadings } from '../../retrieval/interpretation/piece-readings.ts';
import { cutTyped, type TypedPiece } from '../../retrieval/interpretation/typed-pieces.ts';
import { anyOrderSearchOf } from '../../retrieval/lookup.ts';
import { orderMatchers, planQuery } from '../../retrieval/query-plan.ts';

/** A term of the index that stands for a word of a query. */
export interface WordForm {
  readonly text: string;
  /** -log2 of how likely it is meant as well. */
  readonly bits: number;
}

/**
 * Which words are looked at as mistakes: those that no completion holds, or those of which one completion at most does, which says no more than that somebody
 * wrote it so.
 */
export type Doubted = 'unknown' | 'lonely';

const NUMBER_BITS = 1;
/** Forms of one kind that are taken of a word, the likeliest. */
const MOST_OF_A_KIND = 4;
/** Units of work for one word, of about 50 ns. */
const WORK = 3_000;

/** Tells the terms of a segment that a word stands for beside itself: its plural or singular, the word with other accents or in another script, its corrections. */
export class WordForms {
  private readonly segment: Segment;
  private readonly readings: PieceReadings;
  private readonly found = new Uint32Array(2);

  constructor(segment: Segment) {
    this.segment = segment;
    this.readings = new PieceReadings(segment);
  }

  /** Likeliest first, ties by text; a form comes once, the word itself never. Tens of microseconds, a hundred and more where it must be corrected. */
  of(
    word: string,
    language: string,
    views: readonly CompletionView[],
    doubted: Doubted,
  ): readonly WordForm[] {
    const [piece, ...rest] = cutTyped(`${word} `);
    // Words of scripts without spaces are pieces a character: they have neither number nor slips of a key.
    if (piece === undefined || rest.length > 0) return [];
    const bits = new Map<string, number>();
    const add = (alternatives: readonly Alternative[], more: number) => {
      const likeliest = [...alternatives].sort((a, b) => a.bits - b.bits || a.low - b.low);
      for (const { low, bits: own } of likeliest.slice(0, MOST_OF_A_KIND)) {
        const text = this.segment.terms.termText(low);
        bits.set(text, Math.min(bits.get(text) ?? Infinity, own + more));
      }
    };
    add(this.written(piece, word), 0);
    const plain = fold(word) || word;
    for (const form of numberForms(plain, language)) {
      add(this.readings.asTyped(piece, form, 0, 0), NUMBER_BITS);
      add(this.written(piece, form), NUMBER_BITS);
    }
    if (this.isDoubted(word, views, doubted)) {
      const habits = { language, sound: true, views };
      const mended = this.readings.mistyped(piece, habits, 'byLength', -Infinity, { left: WORK });
      // Of news that somebody searched it is known that it is no slip for new.
      const isSlip = ({ low }: Alternative) =>
        doubted === 'unknown' ||
        relateByNumber(plain, fold(this.segment.terms.termText(low)), language) !== 'ownWord';
      add(mended.filter(isSlip), 0);
    }
    bits.delete(word);
    return [...bits]
      .map(([text, own]) => ({ text, bits: own }))
      .sort((a, b) => a.bits - b.bits || (a.text < b.text ? -1 : 1));
  }

  private written(piece: TypedPiece, text: string): readonly Alternative[] {
    return this.readings.rewritten(piece, text, { left: WORK });
  }

  private isDoubted(word: string, views: readonly CompletionView[], doubted: Doubted): boolean {
    const matchers = planQuery(this.segment, `${word} `);
    if (matchers === null) return true;
    if (doubted === 'unknown') return false;
    const search = anyOrderSearchOf(this.segment);
    const held = (view: CompletionView) =>
      search.best(view, orderMatchers([...matchers]), 2, this.found);
    return views.every((view) => held(view) < 2);
  }
}
