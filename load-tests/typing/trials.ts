import { type Random, seededRandom, weightedDraw } from '../micro/seeded-random.ts';
import { ErrorDeck, type ErrorKind, mistype, type PlannedError } from './typing-errors.ts';

/** How much was typed: so many characters, or the whole text. */
export type TypedLength = number | 'whole';

export const TYPED_LENGTHS: readonly TypedLength[] = [3, 5, 8, 'whole'];
export const ERROR_COUNTS: readonly number[] = [0, 1, 2];

/** The shortest text that is typed whole. */
const LEAST_WHOLE = 4;

/** One text that somebody wants, and what was typed of it. */
export interface Trial {
  /** The normalised form of the completion that is wanted. */
  readonly wanted: string;
  /** The beginning of it, or all of it, without an error. */
  readonly clean: string;
  /** As many characters, typed with the errors; equal to `clean` without any. */
  readonly typed: string;
  readonly kinds: readonly ErrorKind[];
}

/** The trials of one length and number of errors. */
export interface TrialCell {
  readonly length: TypedLength;
  readonly errors: number;
  readonly trials: readonly Trial[];
}

/** Texts that can be wanted, and how often each is. */
export interface WantedTexts {
  readonly texts: readonly string[];
  readonly weights: ArrayLike<number>;
}

/** Texts that are tried for one hand of errors; hands that are tried for one trial. */
const MOST_DRAWS_A_HAND = 1000;
const MOST_HANDS_A_TRIAL = 50;

/**
 * `trialsACell` trials of each length and number of errors, the same for the same seed: texts drawn by weight with replacement,
 * errors dealt in fixed shares. A text that is too short, is not ASCII (this keyboard types no other) or has no place for the
 * errors that were dealt is drawn again for the same errors, so that the shares hold; errors that no text has a place for (two
 * transpositions in three characters) are dealt again.
 *
 * @throws Error when the texts hardly ever have a place for them
 */
export function drawTrials(
  { texts, weights }: WantedTexts,
  { seed, trialsACell }: { readonly seed: number; readonly trialsACell: number },
): TrialCell[] {
  const random = seededRandom(seed);
  const drawIndex = weightedDraw(weights);
  const drawText = (): string => texts[drawIndex(random)] ?? '';
  return TYPED_LENGTHS.flatMap((length) =>
    ERROR_COUNTS.map((errors) => {
      const deck = new ErrorDeck(random);
      const trials = Array.from({ length: trialsACell }, () => {
        for (let hands = 0; hands < MOST_HANDS_A_TRIAL; hands++) {
          const dealt = deck.deal(errors);
          for (let draws = 0; draws < MOST_DRAWS_A_HAND; draws++) {
            const trial = tryText(drawText(), length, dealt, random);
            if (trial !== undefined) return trial;
          }
        }
        throw new Error(
          `${errors} errors in ${length} characters: expected a text with a place for them, got none in ${MOST_HANDS_A_TRIAL * MOST_DRAWS_A_HAND} draws`,
        );
      });
      return { length, errors, trials };
    }),
  );
}

/** Whether a text can be typed on the keyboard of these trials. */
export function isTypeable(text: string): boolean {
  return /^[ -~]+$/.test(text);
}

function tryText(
  wanted: string,
  length: TypedLength,
  errors: readonly PlannedError[],
  random: Random,
): Trial | undefined {
  const least = length === 'whole' ? LEAST_WHOLE : length;
  if (wanted.length < least || !isTypeable(wanted)) return undefined;
  const cut = length === 'whole' ? null : length;
  const clean = wanted.slice(0, cut ?? undefined);
  const kinds = errors.map(({ kind }) => kind);
  if (errors.length === 0) return { wanted, clean, typed: clean, kinds };
  const typed = mistype(wanted, errors, cut, random);
  return typed === undefined ? undefined : { wanted, clean, typed, kinds };
}
