import { createRequire } from 'node:module';
import { normalise } from '../normalise.ts';

/** Names an emoji has at most: those of its name first, then its keywords in their order. */
const MOST_NAMES = 12;
/** Words of a name that name nothing. */
const SMALL_WORDS = new Set([
  'a',
  'and',
  'at',
  'for',
  'in',
  'of',
  'on',
  'over',
  'the',
  'to',
  'with',
]);
/** Skin tones and variation selectors, which the names don't tell apart. */
const TONES = /[\u{1f3fb}-\u{1f3ff}\ufe0e\ufe0f]/gu;
/** The signs that make a person a woman or a man. */
const GENDERS = /\u200d[\u2640\u2642]/g;
const JOINER = '\u200d';

let names: Map<string, readonly string[]> | undefined;

/**
 * The words by which an emoji is found, normalised and without accents: those of its name and the name in one word (❤️ redheart, red, heart),
 * then its keywords, each once, at most 12. A sequence without names of its own has those of the person without gender, else of
 * its first part. None for another term. Source: emojilib, English.
 */
export function emojiNames(term: string): readonly string[] {
  names ??= readNames();
  const base = term.replace(TONES, '');
  return (
    names.get(base) ??
    names.get(base.replace(GENDERS, '')) ??
    names.get(base.split(JOINER)[0]!) ??
    []
  );
}

/** Read when the first emoji is asked for: most indexes have few, and programs that have none don't pay. */
function readNames(): Map<string, readonly string[]> {
  const load = createRequire(import.meta.url);
  const lists = load('emojilib') as Readonly<Record<string, readonly string[]>>;
  const table = new Map<string, readonly string[]>();
  for (const [emoji, keywords] of Object.entries(lists)) {
    table.set(emoji.replace(TONES, ''), namesOf(keywords));
  }
  return table;
}

/** The first keyword is the name. */
function namesOf(keywords: readonly string[]): string[] {
  const found = new Set<string>();
  const [name = [], ...others] = keywords.map(wordsOf);
  for (const word of [name.join(''), ...name]) found.add(word);
  for (const words of others) found.add(words.join(''));
  for (const words of others) for (const word of words) found.add(word);
  return [...found].filter(isName).slice(0, MOST_NAMES);
}

function wordsOf(keyword: string): string[] {
  const plain = keyword.replaceAll('_', ' ').normalize('NFD').replace(/\p{M}/gu, '');
  return normalise(plain).split(' ');
}

/** Smileys (`:D`) leave a letter, which names nothing; digits are the names of the keys that have them. */
function isName(word: string): boolean {
  return (
    /^[\p{L}\p{N}]+$/u.test(word) &&
    (word.length > 1 || /^\d$/.test(word)) &&
    !SMALL_WORDS.has(word)
  );
}
