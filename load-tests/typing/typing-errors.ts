import { type Random, randomBelow } from '../micro/seeded-random.ts';
import { neighbouringKeys } from './keyboard.ts';

/** What hands do wrong: the key beside, a key left out, a key hit twice, two keys in the wrong order. */
export const ERROR_KINDS = ['neighbour', 'omission', 'doubling', 'transposition'] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** An error that is to be made, wherever in the text there is room for it. */
export interface PlannedError {
  readonly kind: ErrorKind;
  /** In the first character of the text, which must be a letter, or in any other. */
  readonly isFirst: boolean;
}

const KIND_CARDS: readonly ErrorKind[] = [
  ...Array.from({ length: 4 }, () => 'neighbour' as const),
  ...(['omission', 'doubling', 'transposition'] as const).flatMap((kind) => [kind, kind]),
];
const PLACE_CARDS = 10;

/**
 * Plans errors in fixed shares: of every hundred, 40 neighbouring keys and 20 of each other kind, a tenth of each kind in the
 * first letter; shuffled, a hundred at a time.
 */
export class ErrorDeck {
  private readonly random: Random;
  private readonly cards: PlannedError[] = [];
  /** First-letter errors that were dealt beside another one: they come next. */
  private readonly kept: PlannedError[] = [];

  constructor(random: Random) {
    this.random = random;
  }

  /** So many errors for one text, at most one of them in its first letter. */
  deal(count: number): readonly PlannedError[] {
    const hand: PlannedError[] = [];
    while (hand.length < count) {
      const hasFirst = hand.some(({ isFirst }) => isFirst);
      const card = (hasFirst ? undefined : this.kept.pop()) ?? this.draw();
      if (hasFirst && card.isFirst) this.kept.push(card);
      else hand.push(card);
    }
    return hand;
  }

  private draw(): PlannedError {
    if (this.cards.length === 0) {
      for (const kind of KIND_CARDS) {
        for (let place = 0; place < PLACE_CARDS; place++)
          this.cards.push({ kind, isFirst: place === 0 });
      }
      shuffle(this.cards, this.random);
    }
    const card = this.cards.pop();
    if (card === undefined) throw new Error('expected a full deck, got none');
    return card;
  }
}

function shuffle(cards: PlannedError[], random: Random): void {
  for (let at = cards.length - 1; at > 0; at--) {
    const other = randomBelow(random, at + 1);
    const [a, b] = [cards[at], cards[other]];
    if (a === undefined || b === undefined) throw new Error('expected both cards within the deck');
    cards[at] = b;
    cards[other] = a;
  }
}

/** An error at its place: the characters from `at` on, `taken` of them, become `typed`. */
interface PlacedError {
  readonly at: number;
  readonly taken: number;
  readonly typed: string;
}

const ATTEMPTS = 12;

/**
 * What the hands type of an ASCII text with these errors: the whole text is typed with them, then cut to `length` characters
 * (null: not cut). Only the letters a to z are mistyped. Undefined where the errors find no place at which each of them is seen:
 * all that they typed (after an omission, the next character) is within the cut, the outcome is no beginning of the text, differs
 * from the outcome without any one of the errors, and has `length` characters.
 */
export function mistype(
  text: string,
  errors: readonly PlannedError[],
  length: number | null,
  random: Random,
): string | undefined {
  const within = length ?? text.length;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const placed = placeErrors(text, errors, within, random);
    if (placed === undefined) return undefined;
    if (placed.length < errors.length) continue;
    const made = applyErrors(text, placed);
    if (length !== null && (made.typed.length < length || made.seenBy > length)) continue;
    const cut = (typed: string): string => typed.slice(0, length ?? undefined);
    const typed = cut(made.typed);
    if (text.startsWith(typed)) continue;
    const without = (error: PlacedError): string => {
      const others = placed.filter((other) => other !== error);
      return cut(applyErrors(text, others).typed);
    };
    if (placed.every((error) => without(error) !== typed)) return typed;
  }
  return undefined;
}

/** Undefined when some error has no place at all; fewer than asked when two got in each other's way. */
function placeErrors(
  text: string,
  errors: readonly PlannedError[],
  within: number,
  random: Random,
): PlacedError[] | undefined {
  const placed: PlacedError[] = [];
  for (const error of errors) {
    const places = placesOf(text, error, within);
    if (places.length === 0) return undefined;
    const at = places[randomBelow(random, places.length)] ?? 0;
    const made = makeError(text, error.kind, at, random);
    const isFree = placed.every(
      (other) => made.at >= other.at + other.taken || made.at + made.taken <= other.at,
    );
    if (isFree) placed.push(made);
  }
  return placed;
}

function placesOf(text: string, { kind, isFirst }: PlannedError, within: number): number[] {
  const places: number[] = [];
  const end = isFirst ? 1 : Math.min(within, text.length);
  for (let at = isFirst ? 0 : 1; at < end; at++) {
    if (!isLetter(text[at])) continue;
    const next = text[at + 1];
    if (kind === 'transposition' && (!isLetter(next) || next === text[at])) continue;
    places.push(at);
  }
  return places;
}

function makeError(text: string, kind: ErrorKind, at: number, random: Random): PlacedError {
  const letter = text[at] ?? '';
  switch (kind) {
    case 'neighbour': {
      const keys = neighbouringKeys(letter);
      return { at, taken: 1, typed: keys[randomBelow(random, keys.length)] ?? '' };
    }
    case 'omission':
      return { at, taken: 1, typed: '' };
    case 'doubling':
      return { at, taken: 1, typed: letter + letter };
    case 'transposition':
      return { at, taken: 2, typed: `${text[at + 1] ?? ''}${letter}` };
  }
}

/** What is typed, and after how many of its characters all errors can be seen. */
function applyErrors(
  text: string,
  errors: readonly PlacedError[],
): { readonly typed: string; readonly seenBy: number } {
  let typed = '';
  let from = 0;
  let seenBy = 0;
  for (const { at, taken, typed: wrong } of errors.toSorted((a, b) => a.at - b.at)) {
    typed += text.slice(from, at) + wrong;
    from = at + taken;
    seenBy = typed.length + (wrong === '' ? 1 : 0);
  }
  return { typed: typed + text.slice(from), seenBy };
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && character >= 'a' && character <= 'z';
}
