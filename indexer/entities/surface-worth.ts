import type { WordClass } from '../../dictionaries/mentions/word-value.ts';
import { CAPITALISED, LOWER, NEUTRAL, TAGGED } from '../../dictionaries/mentions/writing.ts';
import type { KnownName } from './gazetteer.ts';
import { SURFACE_WEIGHTS } from './worth-weights.ts';

/** What the mined text, the log and the dictionaries know of a surface. */
export interface SurfaceEvidence {
  /** Words; a run of a script without spaces is one. */
  readonly words: number;
  /** UTF-16 code units. */
  readonly length: number;
  readonly hasDigit: boolean;
  /** Share of all searches that are for just this, if any. */
  readonly searchShare: number;
  /** Distinct users whose queries hold it, and whose queries are it. */
  readonly users: number;
  readonly wholeUsers: number;
  /** Of these users, the share whose queries go on to the same longer phrase. */
  readonly continued: number;
  /** How often it stands in the mined text, by how it is written. */
  readonly occurrences: readonly [number, number, number, number];
  /** Words of all mined text. */
  readonly minedWords: number;
  /** Distinct people and videos that name it. */
  readonly people: number;
  readonly name: KnownName | undefined;
  /** Whether each of its words is a part of names. */
  readonly isOfNames: boolean;
  /** Of the words that a dictionary has in small letters, the share, and how usual the least usual is, from 0 to 7. */
  readonly commonShare: number;
  readonly leastUse: number;
  /** Class of its last word. */
  readonly wordClass: WordClass;
}

/** A query of so many users is no accident, whatever threshold the index has. */
const KNOWN_BY_MANY = 5;

const SEARCHED_NAME_BONUS = 1.25;

/** The evidence as numbers of about one size, in the order of the weights. */
export function surfaceFeatures(surface: SurfaceEvidence): Float64Array {
  const [lower, neutral, capital, tagged] = surface.occurrences;
  const mentions = lower + neutral + capital + tagged;
  const isSearched = surface.searchShare > 0;
  const mentionShare = (mentions + 0.5) / (surface.minedWords + 1000);
  const keyness = isSearched ? clamp(Math.log(surface.searchShare / mentionShare), 6) : 0;
  const cased = lower + capital;
  const isSingle = surface.words === 1;
  const { name, wordClass } = surface;
  return Float64Array.of(
    1,
    isSearched ? 1 : 0,
    keyness / 2,
    isSearched ? clamp(Math.log(surface.searchShare * 1e4), 6) / 2 : 0,
    Math.log1p(surface.people) / 2,
    cased === 0 ? 0 : clamp(Math.log((capital + 0.3) / (lower + 0.3)), 4) / 2,
    cased === 0 ? 1 : 0,
    Math.log1p(tagged),
    name?.type === 'place' ? name.fame : 0,
    name?.type === 'person' ? 1 : 0,
    name !== undefined && name.type !== 'place' && name.type !== 'person' ? 1 : 0,
    surface.isOfNames && name === undefined ? 1 : 0,
    isSingle ? surface.commonShare : 0,
    isSingle ? 0 : surface.commonShare,
    (surface.commonShare * surface.leastUse) / 2,
    wordClass === 'noun' ? 1 : 0,
    wordClass === 'name' ? 1 : 0,
    wordClass === 'verb' || wordClass === 'adverb' || wordClass === 'adjective' ? 1 : 0,
    isFunctionClass(wordClass) ? 1 : 0,
    surface.words === 2 ? 1 : 0,
    surface.words > 2 ? 1 : 0,
    surface.hasDigit ? 1 : 0,
    surface.length <= 3 ? 1 : 0,
    Math.log1p(surface.users) / 2,
    Math.log1p(surface.wholeUsers) / 2,
    surface.users === 0 ? 0 : surface.wholeUsers / surface.users,
    surface.continued,
    surface.users === 0 ? 1 : 0,
    mentions === 0 ? 1 : 0,
    surface.wholeUsers >= KNOWN_BY_MANY ? 1 : 0,
    surface.users === 0 ? 0 : clamp(Math.log((surface.users + 1) / (mentions + 1)), 4) / 2,
  );
}

function isFunctionClass(wordClass: WordClass): boolean {
  switch (wordClass) {
    case 'determiner':
    case 'preposition':
    case 'pronoun':
    case 'conjunction':
    case 'number':
    case 'interjection':
    case 'other':
      return true;
    default:
      return false;
  }
}

/** Worth of a link on a surface, as a logit, for each way of writing it: LOWER, NEUTRAL, CAPITALISED, TAGGED. */
export function surfaceLogits(surface: SurfaceEvidence): [number, number, number, number] {
  const features = surfaceFeatures(surface);
  const bonus = isSearchedName(surface) ? SEARCHED_NAME_BONUS : 0;
  return [
    weigh(features, LOWER) + bonus,
    weigh(features, NEUTRAL) + bonus,
    weigh(features, CAPITALISED) + bonus,
    weigh(features, TAGGED) + bonus,
  ];
}

/** What many users search and no dictionary has as a word is a name: the posts that the weights were fitted on have too few to tell. */
function isSearchedName(surface: SurfaceEvidence): boolean {
  return surface.wholeUsers >= KNOWN_BY_MANY && surface.commonShare === 0 && surface.length > 1;
}

function weigh(features: Float64Array, writing: number): number {
  const weights = SURFACE_WEIGHTS[writing] ?? [];
  let sum = 0;
  for (const [i, feature] of features.entries()) sum += feature * (weights[i] ?? 0);
  return sum;
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
