import { Lexicon } from '../../../dictionaries/lexicon/lexicon.ts';
import { OneErrorMemory, type WorkBudget } from '../fuzzy/fuzzy-terms.ts';
import {
  type Alternative,
  type Arc,
  SPACE_BITS,
  STOP_WORD,
  STOP_WORD_BITS,
  SYNONYM,
  TYPO,
} from './alternative.ts';
import type { Care, PieceReadings, TypingHabits, WantedScripts } from './piece-readings.ts';
import { maySplit } from './split-readings.ts';
import { cutTyped, type TypedPiece } from './typed-pieces.ts';

/** What may be read into typed text, beyond its letters. */
export interface ReadingRules {
  /** Asked for once, where mistakes are looked for. */
  readonly habits: () => TypingHabits;
  readonly scripts: WantedScripts;
  readonly lexicon: Lexicon | null;
}

type ArcsByCare = Map<Care, (readonly Arc[] | undefined)[]>;

const NO_ARCS: readonly Arc[] = [];

/**
 * Everything that a typed text may mean, piece by piece, as arcs from one typed piece to a later one:
 *
 *     you    tube      [you] -> [tube…]          as typed
 *     └───────┘        [youtube…]                the space is one too many
 *     teh              [the] [ten] …             worked out only when a search gets so far
 *
 * Arcs are made when first asked for and kept: a search that ends early pays for few of them.
 */
export class Lattice {
  readonly pieces: readonly TypedPiece[];
  private readonly readings: PieceReadings;
  private readonly rules: ReadingRules;
  private habits: TypingHabits | null = null;
  private readonly budget: WorkBudget;
  private readonly written: (readonly Arc[] | undefined)[] = [];
  private readonly spaced: (readonly Arc[] | undefined)[] = [];
  private readonly mistyped: ArcsByCare = new Map();
  private readonly further: ArcsByCare = new Map();
  private readonly oneError: (OneErrorMemory | undefined)[] = [];
  private readonly replaced: ReadonlyMap<number, readonly Arc[]> | null;

  constructor(typed: string, readings: PieceReadings, rules: ReadingRules, budget: WorkBudget) {
    this.pieces = cutTyped(typed);
    this.readings = readings;
    this.rules = rules;
    this.budget = budget;
    this.replaced = this.replacements(typed);
  }

  /** Readings without a mistake: as typed, in other scripts, synonyms, stop words left out. */
  arcsFrom(at: number): readonly Arc[] {
    let arcs = this.written[at];
    if (arcs === undefined) {
      arcs = this.writtenArcs(at);
      this.written[at] = arcs;
    }
    return arcs;
  }

  /** Whether anything can be read without a mistake but what was typed, letter by letter. */
  hasOtherWays(): boolean {
    return this.pieces.some((_, at) =>
      this.arcsFrom(at).some(
        ({ ways, pieces }) =>
          ways !== 0 || pieces.some((alternatives) => alternatives.some((read) => read.ways !== 0)),
      ),
    );
  }

  /** Readings of a word as mistyped. `floor`, which must not fall from call to call of one care, is what a completion must be worth to be of use. */
  mistypedFrom(at: number, floor: number, care: Care): readonly Arc[] {
    const all = arcsOf(this.mistyped, care);
    let arcs = all[at];
    if (arcs === undefined) {
      arcs = this.mistypedArcs(at, floor, care);
      all[at] = arcs;
    }
    return arcs;
  }

  /** Of `mistypedFrom` those that the least care had not found. */
  furtherMistypedFrom(at: number, floor: number, care: Care): readonly Arc[] {
    const all = arcsOf(this.further, care);
    let arcs = all[at];
    if (arcs === undefined) {
      const [found] = this.mistypedFrom(at, floor, care);
      const [known] = this.mistyped.get('oneError')?.[at] ?? NO_ARCS;
      arcs = arcsOver(at, without(found?.pieces[0], known?.pieces[0]));
      all[at] = arcs;
    }
    return arcs;
  }

  /** Readings with a space that was left out of the piece, or put behind it without need; `floor` as in `mistypedFrom`. */
  spacesFrom(at: number, floor: number): readonly Arc[] {
    let arcs = this.spaced[at];
    if (arcs === undefined) {
      arcs = this.spacedArcs(at, floor);
      this.spaced[at] = arcs;
    }
    return arcs;
  }

  /** Whether `mistypedFrom` may give anything; told without looking. */
  mayBeMistyped(at: number): boolean {
    return this.readings.mayBeMistyped(this.pieces[at]!);
  }

  /** Whether the piece may be two words. */
  mayBeSplit(at: number): boolean {
    return maySplit(this.pieces[at]!);
  }

  /** Whether the piece and the next may be one word. */
  mayBeJoined(at: number): boolean {
    const first = this.pieces[at]!;
    const second = this.pieces[at + 1];
    return second !== undefined && !second.joined && !first.unspaced && !second.unspaced;
  }

  private writtenArcs(at: number): Arc[] {
    const piece = this.pieces[at]!;
    const { readings, rules, budget } = this;
    const { scripts } = rules;
    let alternatives = readings.asTyped(piece, piece.text, 0, 0);
    if (scripts === 'none') alternatives = alternatives.filter(({ ways }) => ways === 0);
    else alternatives.push(...readings.rewritten(piece, piece.text, budget, scripts));
    const arcs: Arc[] = [];
    if (alternatives.length > 0) arcs.push(arcOver(at, alternatives));
    if (this.replaced !== null) arcs.push(...(this.replaced.get(at) ?? []));
    if (this.pieces.length > 1 && rules.lexicon?.isStopWord(piece.text) === true && !piece.open) {
      arcs.push({ to: at + 1, pieces: [], bits: STOP_WORD_BITS, ways: STOP_WORD });
    }
    return arcs;
  }

  private mistypedArcs(at: number, floor: number, care: Care): readonly Arc[] {
    let oneError = this.oneError[at];
    if (oneError === undefined) {
      oneError = new OneErrorMemory();
      this.oneError[at] = oneError;
    }
    this.habits ??= this.rules.habits();
    const { habits } = this;
    const piece = this.pieces[at]!;
    return arcsOver(at, this.readings.mistyped(piece, habits, care, floor, this.budget, oneError));
  }

  private spacedArcs(at: number, floor: number): Arc[] {
    const arcs: Arc[] = [];
    for (const pair of this.readings.splits.of(this.pieces[at]!, floor, this.budget)) {
      arcs.push({ to: at + 1, pieces: pair, bits: 0, ways: TYPO });
    }
    const joined = this.mayBeJoined(at) ? this.joinedWithNext(at) : null;
    if (joined !== null) arcs.push(joined);
    return arcs;
  }

  /** The piece and the one behind it as one word. */
  private joinedWithNext(at: number): Arc | null {
    const first = this.pieces[at]!;
    const second = this.pieces[at + 1]!;
    const text = first.text + second.text;
    const piece = { ...second, text, start: first.start, joined: first.joined };
    const alternatives = this.readings.asTyped(piece, text, TYPO, SPACE_BITS);
    if (this.rules.scripts !== 'none') {
      const { scripts } = this.rules;
      for (const other of this.readings.rewritten(piece, text, this.budget, scripts)) {
        alternatives.push({ ...other, bits: other.bits + SPACE_BITS, ways: other.ways | TYPO });
      }
    }
    if (alternatives.length === 0) return null;
    return { to: at + 2, pieces: [alternatives], bits: 0, ways: TYPO };
  }

  private replacements(typed: string): Map<number, Arc[]> | null {
    const { lexicon } = this.rules;
    if (lexicon === null || lexicon === Lexicon.EMPTY) return null;
    const arcs = new Map<number, Arc[]>();
    for (const replacement of lexicon.replacementsIn(typed)) {
      const from = this.pieces.findIndex(({ start }) => start === replacement.start);
      const last = this.pieces.findIndex(({ end }) => end === replacement.end);
      if (from < 0 || last < from) continue;
      const pieces = this.replacementPieces(replacement.text, from);
      if (pieces === null) continue;
      const arc = { to: last + 1, pieces, bits: replacement.bits, ways: SYNONYM };
      arcs.set(from, [...(arcs.get(from) ?? []), arc]);
    }
    return arcs;
  }

  /** The pieces of a text in the place of the piece at `from`; null where some of them is in no completion. */
  private replacementPieces(text: string, from: number): Alternative[][] | null {
    const before = this.pieces[from - 1];
    const pieces: Alternative[][] = [];
    for (const [index, cut] of cutTyped(`${text} `).entries()) {
      const isFirst = index === 0;
      const place: TypedPiece = {
        ...cut,
        joined: isFirst ? this.pieces[from]!.joined : cut.joined,
        spaceIsFree: isFirst
          ? before !== undefined && (before.unspaced || cut.unspaced)
          : cut.spaceIsFree,
      };
      const alternatives = this.readings.asTyped(place, cut.text, SYNONYM, 0);
      if (alternatives.length === 0) return null;
      pieces.push(alternatives);
    }
    return pieces;
  }
}

function arcOver(at: number, alternatives: readonly Alternative[]): Arc {
  return { to: at + 1, pieces: [alternatives], bits: 0, ways: 0 };
}

function arcsOver(at: number, alternatives: readonly Alternative[] = []): readonly Arc[] {
  return alternatives.length === 0 ? NO_ARCS : [arcOver(at, alternatives)];
}

function arcsOf(all: ArcsByCare, care: Care): (readonly Arc[] | undefined)[] {
  let arcs = all.get(care);
  if (arcs === undefined) {
    arcs = [];
    all.set(care, arcs);
  }
  return arcs;
}

function without(
  found: readonly Alternative[] = [],
  known: readonly Alternative[] = [],
): readonly Alternative[] {
  return found.filter(
    ({ low, high, bits }) =>
      !known.some((other) => other.low === low && other.high === high && other.bits <= bits),
  );
}
