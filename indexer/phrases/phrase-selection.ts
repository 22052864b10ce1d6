import { JOINER } from '../../dictionaries/terms.ts';
import { weighWord } from './format-words.ts';
import { isFunctionWord } from './function-words.ts';
import { formOf, wordsOf } from './video-mentions.ts';

/** A phrase that enough creators of a market carry. */
export interface Candidate {
  readonly groupNo: number;
  readonly groupKey: string;
  /** As in `Mention.phrase`. */
  readonly phrase: string;
  readonly surface: string;
  /** Language of most of the videos; null when nothing tells. */
  readonly language: string | null;
  /** Distinct creators: all, those who have it as a tag or hashtag, as one of these or a whole segment of a title, anywhere in a title. */
  readonly creators: number;
  readonly taggers: number;
  readonly units: number;
  readonly titled: number;
  /** Other spellings that enough creators use. */
  readonly others: readonly string[];
}

/** What phrases are chosen by, beside the candidates. */
export interface SelectionRules {
  readonly minVideos: number;
  /** Distinct creators of the market. */
  readonly creators: number;
  /** Language of the market, if it has one. */
  readonly language: string | undefined;
}

/** Words of a title phrase that is shown; tags are as long as their authors made them. */
const MOST_WORDS = 5;
/** A phrase of which this share goes on in one way is a fragment of what it goes on to. */
const FRAGMENT_SHARE = 0.75;
/** How much more often the words of a title phrase must meet than by chance: 0 is chance, 1 is always. */
const LEAST_ASSOCIATION = 0.3;

/**
 * Those of a market's candidates that name something. Whatever says only what kind of upload a video is, its date or its number does not; what people
 * tag does; a phrase of titles does when it stands alone between marks for enough creators, or when its words belong together
 * (normalised pointwise mutual information, discounted for small counts: Pantel and Lin, 2002) and it is no
 * fragment of a longer phrase. Time and space are linear in the candidates.
 */
export function selectPhrases(
  candidates: readonly Candidate[],
  rules: SelectionRules,
): readonly Candidate[] {
  const byKey = new Map(candidates.map((candidate) => [candidate.groupKey, candidate]));
  const continued = countContinuations(candidates);
  const keyOf = keyMaker(candidates);
  return candidates.filter((candidate) => {
    if (!namesSomething(candidate, rules)) return false;
    if (candidate.taggers >= rules.minVideos) return true;
    const words = wordsOf(candidate.phrase);
    if (words.length > MOST_WORDS && candidate.taggers === 0) return false;
    const longer = continued.get(candidate.groupKey) ?? 0;
    if (longer >= candidate.titled * FRAGMENT_SHARE && longer > 0) return false;
    if (candidate.units >= rules.minVideos) return true;
    if (words.length < 2) return false;
    if (candidate.taggers > 0) return true;
    const languages = languagesOf(candidate, rules);
    const [first = ''] = words;
    if (isFunctionWord(first, languages)) return false;
    const content = words.filter((word) => isContent(word, languages));
    if (content.length < 2) return false;
    const counts = words
      .filter((word) => !isFunctionWord(word, languages))
      .map((word) => byKey.get(keyOf(word))?.titled ?? rules.minVideos);
    return associationOf(candidate.titled, counts, rules.creators) >= LEAST_ASSOCIATION;
  });
}

/** Whether any word of a phrase says what a video is about; single characters, numbers, dates and packaging do not. */
function namesSomething(candidate: Candidate, rules: SelectionRules): boolean {
  const form = formOf(candidate.phrase);
  if (/^.?$/u.test(form) || /^\P{L}*$/u.test(form.replace(/\p{Extended_Pictographic}/gu, 'x'))) {
    return false;
  }
  const languages = languagesOf(candidate, rules);
  // Katakana words may be cut into pieces that the lists do not know.
  if (weighWord(form, languages) === 'format') return false;
  const words = wordsOf(candidate.phrase);
  const weights = words
    .filter((word) => !isFunctionWord(word, languages))
    .map((word) => weighWord(word, languages));
  if (weights.includes('content')) return true;
  return weights.includes('genre') && !weights.includes('format');
}

function isContent(word: string, languages: readonly string[]): boolean {
  return !isFunctionWord(word, languages) && weighWord(word, languages) === 'content';
}

/** English words stand in titles of every language. */
function languagesOf(candidate: Candidate, rules: SelectionRules): readonly string[] {
  const languages = ['en', candidate.language ?? undefined, rules.language];
  return [...new Set(languages)].filter((language) => language !== undefined);
}

/** By a phrase's key, the creators of the longer phrase, by one word, that most of them go on to. */
function countContinuations(candidates: readonly Candidate[]): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  const keyOf = keyMaker(candidates);
  const note = (part: string, count: number): void => {
    const key = keyOf(part);
    if (count > (longest.get(key) ?? 0)) longest.set(key, count);
  };
  for (const { phrase, titled } of candidates) {
    const breaks = [...phrase.matchAll(SEPARATORS)].map(({ index }) => index);
    const [firstBreak] = breaks;
    const lastBreak = breaks.at(-1);
    if (firstBreak === undefined || lastBreak === undefined) continue;
    note(phrase.slice(firstBreak + 1), titled);
    note(phrase.slice(0, lastBreak), titled);
  }
  return longest;
}

const SEPARATORS = new RegExp(`[ ${JOINER}]`, 'gu');

/** Phrases to the keys that their candidates have: spaced keys where forms are not grouped. */
function keyMaker(candidates: readonly Candidate[]): (phrase: string) => string {
  const isSpaced = candidates.some(({ groupKey }) => groupKey.includes(' '));
  return (phrase) => (isSpaced ? formOf(phrase) : formOf(phrase).replaceAll(' ', ''));
}

/**
 * How far words belong together, from below 0 (they avoid each other) over 0 (they meet by chance) to 1 (they never part), of
 * `total` creators: log(p(phrase) / product of p(word)) over (words - 1) * -log p(phrase), with the discount for rare events.
 */
export function associationOf(together: number, counts: readonly number[], total: number): number {
  if (counts.length < 2 || together === 0) return 0;
  const share = together / total;
  if (share >= 1) return 0;
  let information = Math.log(share);
  for (const count of counts) information -= Math.log(Math.max(count, together) / total);
  const least = Math.max(together, Math.min(...counts));
  const discount = (together / (together + 1)) * (least / (least + 1));
  return (information / ((counts.length - 1) * -Math.log(share))) * discount;
}
