import { createRequire } from 'node:module';
import { normalise } from '../normalise.ts';

const NO_WORDS: ReadonlySet<string> = new Set();
const wordsByLanguage = new Map<string, ReadonlySet<string>>();
let lists: Readonly<Record<string, readonly string[]>> | undefined;

/**
 * The words that say little in a language, by its ISO 639-1 code (`en`), normalised; none for a language that the package
 * stopwords-iso does not have. The lists are wide (1,298 English words): they tell what a text can do without, not what to leave out of it. The package
 * is read at the first call, a language prepared when it is first asked for.
 */
export function defaultStopWords(language: string): ReadonlySet<string> {
  const known = wordsByLanguage.get(language);
  if (known !== undefined) return known;
  lists ??= createRequire(import.meta.url)('stopwords-iso') as Readonly<
    Record<string, readonly string[]>
  >;
  const list = Object.hasOwn(lists, language) ? lists[language] : undefined;
  if (list === undefined) return NO_WORDS;
  const words = new Set(list.map(normalise).filter((word) => word !== '' && !word.includes(' ')));
  wordsByLanguage.set(language, words);
  return words;
}
