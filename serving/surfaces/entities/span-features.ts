import type { TextScan } from '../../../dictionaries/mentions/text-scan.ts';
import {
  AFTER_BREAK,
  CAPITAL,
  HANDLE,
  HAS_DIGIT,
  HAS_LETTER,
  HASHTAG,
  INNER_CAPITAL,
  JOINED,
  QUOTED,
  SENTENCE_START,
  SHOUTED,
  UNSPACED_WORD,
} from '../../../dictionaries/mentions/word-flags.ts';
import {
  capitalOf,
  classOfWord,
  isCapitalKnown,
  isCommonWord,
  isNameWord,
  useOf,
  WORD_CLASSES,
} from '../../../dictionaries/mentions/word-value.ts';
import type { TextCase } from '../../../dictionaries/mentions/writing.ts';

/** Numbers that say what stands around a span; their order is that of the weights. */
export const COMPANY_FEATURES = 31;
/** Numbers that say how a span itself looks which no index knows. */
export const LOOK_FEATURES = 22;

const NAME_CLASS = WORD_CLASSES.indexOf('name');
const NOUN_CLASS = WORD_CLASSES.indexOf('noun');

/** A text that was scanned, with what is known of each of its words. */
export interface ReadText {
  readonly scan: TextScan;
  /** By word: what `packWord` packed; 0 for what is not known. */
  readonly values: Int32Array;
  readonly found: TextCase;
}

/**
 * Fills in what stands around the words [first, last): the classes of the neighbours, whether they have capitals too, how the whole text is written.
 * `context` is what the words of the text say of the span.
 */
export function companyOf(
  { scan, values, found }: ReadText,
  first: number,
  last: number,
  context: number,
  features: Float64Array,
): void {
  const { flags, count } = scan;
  features.fill(0, 0, COMPANY_FEATURES);
  features[0] = context;
  const opening = flags[first]!;
  const before = first > 0 && (opening & AFTER_BREAK) === 0 ? flags[first - 1]! : 0;
  if (before === 0) features[1] = 1;
  else {
    features[2 + classOfWord(values[first - 1]!)] = 1;
    if ((before & CAPITAL) !== 0 && found.tells) {
      features[(before & SENTENCE_START) === 0 ? 15 : 16] = 1;
    }
  }
  const after = last < count ? flags[last]! : AFTER_BREAK;
  if ((after & (AFTER_BREAK | HANDLE | HASHTAG)) !== 0) features[17] = 1;
  else {
    const next = classOfWord(values[last]!);
    features[18] = next === NOUN_CLASS ? 1 : 0;
    features[19] = next === NAME_CLASS ? 1 : 0;
    features[20] = next === 3 ? 1 : 0;
    features[21] = next === 7 || next === 9 ? 1 : 0;
    if ((after & CAPITAL) !== 0 && found.tells) features[22] = 1;
  }
  if ((opening & SENTENCE_START) !== 0) features[23] = 1;
  if ((opening & QUOTED) !== 0) features[24] = 1;
  if (!found.tells) features[25] = 1;
  if (found.capitals === 0) features[26] = 1;
  if (found.tells && found.smalls > 0) {
    features[27] = Math.min(1, (2 * found.capitals) / (found.capitals + found.smalls));
  }
  // In scripts without spaces: whether the span is a run by itself.
  if ((opening & (UNSPACED_WORD | JOINED)) === (UNSPACED_WORD | JOINED)) features[28] = 1;
  if ((after & (UNSPACED_WORD | JOINED)) === (UNSPACED_WORD | JOINED)) features[29] = 1;
  if (count <= last - first + 1) features[30] = 1;
}

/** Fills in how the words [first, last) look: how many, what is known of each, capitals, digits. */
export function lookOf(
  { scan, values }: ReadText,
  first: number,
  last: number,
  features: Float64Array,
  from: number,
): void {
  const { flags, starts, ends } = scan;
  const length = last - first;
  let least = 4;
  let sum = 0;
  let known = 0;
  let common = 0;
  let names = 0;
  let unknown = 0;
  let shouted = 0;
  let inner = 0;
  let digits = 0;
  let use = 0;
  let nouns = 0;
  let proper = 0;
  let functions = 0;
  for (let at = first; at < last; at++) {
    const value = values[at]!;
    const flag = flags[at]!;
    if (isCapitalKnown(value)) {
      const capital = capitalOf(value);
      known++;
      sum += capital;
      if (capital < least) least = capital;
    }
    if (value === 0) unknown++;
    if (isCommonWord(value)) common++;
    if (isNameWord(value)) names++;
    use = Math.max(use, useOf(value));
    const wordClass = classOfWord(value);
    if (wordClass === NOUN_CLASS) nouns++;
    else if (wordClass === NAME_CLASS) proper++;
    else if (wordClass >= 6) functions++;
    if ((flag & SHOUTED) !== 0) shouted++;
    if ((flag & INNER_CAPITAL) !== 0) inner++;
    if ((flag & HAS_DIGIT) !== 0 || (flag & HAS_LETTER) === 0) digits++;
  }
  features[from] = 1;
  features[from + 1] = length === 2 ? 1 : 0;
  features[from + 2] = length === 3 ? 1 : 0;
  features[from + 3] = length > 3 ? 1 : 0;
  features[from + 4] = known === 0 ? 0 : sum / known / 2;
  features[from + 5] = known === 0 ? 0 : least / 2;
  features[from + 6] = known / length;
  features[from + 7] = common / length;
  features[from + 8] = names / length;
  features[from + 9] = unknown / length;
  features[from + 10] = shouted / length;
  features[from + 11] = inner / length;
  features[from + 12] = digits / length;
  features[from + 13] = use / 4;
  features[from + 14] = nouns / length;
  features[from + 15] = proper / length;
  features[from + 16] = functions / length;
  features[from + 17] = length === 1 && ends[first]! - starts[first]! <= 3 ? 1 : 0;
  features[from + 18] = shouted === 1 && length === 1 && unknown === 1 ? 1 : 0;
  features[from + 19] = common === length ? 1 : 0;
  features[from + 20] = names === length ? 1 : 0;
  features[from + 21] = length === 1 ? 0 : isCommonWord(values[first]!) ? 1 : 0;
}

/** Sum of features times weights. */
export function weigh(
  features: Float64Array,
  from: number,
  length: number,
  weights: readonly number[],
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += features[from + i]! * (weights[i] ?? 0);
  return sum;
}
