import { relateByNumber } from '../../dictionaries/inflection/noun-number.ts';
import { fixesOrder } from '../../dictionaries/inflection/order-words.ts';
import { isSameButYo } from '../../dictionaries/inflection/own-letters.ts';
import type { QueryTable } from './query-table.ts';
import { foldWord, type WordClasses } from './word-classes.ts';

/**
 * How one word differs from another. `script`: forms of one script (traditional and simplified, katakana and hiragana, Arabic
 * alefs, ё with and without its dots); `accent`; `number`: singular and plural; `ownPlural`: the same, but the plural is known to have a meaning of its own;
 * `spelling`: one is a misspelling of the other.
 */
export type WordRule = 'script' | 'accent' | 'number' | 'ownPlural' | 'spelling';

export interface WordDifference {
  readonly rule: WordRule;
  /** The word of the more used query. */
  readonly more: string;
  readonly less: string;
}

/** How two queries differ whose words are the same but for what is listed. */
export interface QueryDifference {
  readonly words: readonly WordDifference[];
  readonly isReordered: boolean;
  /** A word that fixes the order, when it was changed all the same. */
  readonly orderWord: string | null;
}

const CASED = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}]+$/u;
const DIGIT = /\p{N}/u;

/** Compares two rows with the same bag of classes; null when they differ in more than is listed in `WordRule`. */
export function compareRows(
  table: QueryTable,
  classes: WordClasses,
  more: number,
  less: number,
): QueryDifference | null {
  const start = table.starts[more] ?? 0;
  const otherStart = table.starts[less] ?? 0;
  const length = (table.starts[more + 1] ?? 0) - start;
  if ((table.starts[less + 1] ?? 0) - otherStart !== length) return null;
  const languages = [more, less].map(
    (row) => classes.languages[classes.rowLanguages[row] ?? 0] ?? '',
  );
  const taken = new Set<number>();
  const partners: number[] = [];
  const words: WordDifference[] = [];
  for (let at = 0; at < length; at++) {
    const partner = findPartner(table, classes, start + at, otherStart, length, taken);
    if (partner < 0) return null;
    partners.push(partner);
    taken.add(partner);
    const idMore = table.wordIds[start + at] ?? 0;
    const idLess = table.wordIds[otherStart + partner] ?? 0;
    if (idMore === idLess) continue;
    const found = compareWords(table.words.wordOf(idMore), table.words.wordOf(idLess), languages);
    if (found === null) return null;
    words.push(...found);
  }
  const isReordered = partners.some((partner, at) => partner !== at);
  if (!isReordered) return { words, isReordered, orderWord: null };
  const texts = Array.from(table.wordIdsOf(more), (id) => table.words.wordOf(id));
  if (movesDigits(texts, partners)) return null;
  return { words, isReordered, orderWord: texts.find(fixesOrder) ?? null };
}

/** The place of the word of the other row that a word stands for: the very same word, else the first of its class. */
function findPartner(
  table: QueryTable,
  classes: WordClasses,
  at: number,
  otherStart: number,
  length: number,
  taken: ReadonlySet<number>,
): number {
  let first = -1;
  for (let other = 0; other < length; other++) {
    if (taken.has(other) || classes.classIds[otherStart + other] !== classes.classIds[at]) continue;
    if (table.wordIds[otherStart + other] === table.wordIds[at]) return other;
    if (first < 0) first = other;
  }
  return first;
}

/** Whether words with digits changed places among themselves: 2 1 is not 1 2. */
function movesDigits(words: readonly string[], partners: readonly number[]): boolean {
  const places = partners.filter((_, at) => DIGIT.test(words[at] ?? ''));
  return places.some((place, at) => at > 0 && place < (places[at - 1] ?? 0));
}

function compareWords(
  more: string,
  less: string,
  languages: readonly string[],
): readonly WordDifference[] | null {
  const foldedMore = foldWord(more);
  const foldedLess = foldWord(less);
  if (foldedMore === foldedLess) {
    if (!CASED.test(more) || !CASED.test(less)) return [{ rule: 'script', more, less }];
    if (isSameButYo(more, less)) return [{ rule: 'script', more, less }];
    // Two words with different accents are two words; only one without any can be a lazy spelling.
    if (more !== foldedMore && less !== foldedLess) return null;
    return [{ rule: 'accent', more, less }];
  }
  for (const language of languages) {
    const relation = relateByNumber(foldedMore, foldedLess, language);
    if (relation === null) continue;
    const rule = relation === 'plural' ? 'number' : 'ownPlural';
    const number: WordDifference = { rule, more, less };
    return sharesAccents(more, less) ? [number] : [number, { rule: 'accent', more, less }];
  }
  return null;
}

const MARK = /\p{M}/gu;
const ACUTE = /\u0301/gu;

/** Whether singular and plural have the same marks; acute accents come and go with the number (canción, canciones). */
function sharesAccents(a: string, b: string): boolean {
  return marksOf(a) === marksOf(b);
}

function marksOf(word: string): string {
  return (word.normalize('NFD').replace(ACUTE, '').match(MARK) ?? []).join('');
}
