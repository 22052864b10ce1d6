import { queryTerms } from '../../dictionaries/terms.ts';
import { detectLanguage, isFunctionWord } from '../phrases/function-words.ts';

const MOST_WORDS = 4;
const LONGEST_QUERY_WORDS = 12;

/**
 * The parts of a normalised query that may name something: up to four words that begin and end with a content word; in scripts without spaces words are
 * those of Intl.Segmenter.
 */
export function queryPhrases(normalised: string): readonly string[] {
  const terms = queryTerms(normalised);
  if (terms.length > LONGEST_QUERY_WORDS) return [];
  const language = detectLanguage(normalised, undefined);
  const languages = language === undefined ? ['en'] : [language, 'en'];
  const isContent = terms.map(
    ({ text }) => text.length > 1 && /\p{L}/u.test(text) && !isFunctionWord(text, languages),
  );
  const phrases: string[] = [];
  for (let first = 0; first < terms.length; first++) {
    if (!isContent[first]) continue;
    for (let last = first; last < Math.min(terms.length, first + MOST_WORDS); last++) {
      if (!isContent[last]) continue;
      phrases.push(normalised.slice(terms[first]!.start, terms[last]!.end));
    }
  }
  return phrases;
}
