import type { QueryDifference } from './difference.ts';
import { hashText } from './hash-chains.ts';
import { allowsTwoEdits, isNearSpelling, isSpellable } from './misspelling.ts';
import type { QueryTable } from './query-table.ts';
import type { CandidatePair } from './regrouping.ts';
import type { WordUsage } from './word-usage.ts';

/** A word must be used so many times as often as its misspelling to be looked at. */
const LEAST_USAGE_RATIO = 8;
/** Words that share a key are compared with so many of the most used ones at most. */
const MOST_COMPARED = 16;
/** Key and word lie in one double: 32 bits of hash, 21 of the word's rank. */
const MOST_WORDS = 2 ** 21;

/** A word and what it may be a misspelling of. */
interface Misspelling {
  readonly rare: number;
  readonly common: number;
}

/** The pairs of rows that differ in one word, which may be misspelt in the less used one. In order of the misspelt words' usage. */
export function* pairMisspellings(table: QueryTable, usage: WordUsage): Generator<CandidatePair> {
  for (const { rare, common } of findMisspellings(table, usage)) {
    const word = {
      rule: 'spelling',
      more: table.words.wordOf(common),
      less: table.words.wordOf(rare),
    } as const;
    const difference: QueryDifference = { words: [word], isReordered: false, orderWord: null };
    for (const less of usage.rowsOf(rare)) {
      const more = rowWith(table, less, rare, common);
      if (more >= 0 && more < less) yield { more, less, difference };
    }
  }
}

/** The row that has `common` where `row` has `rare`; -1 when there is none. */
export function rowWith(table: QueryTable, row: number, rare: number, common: number): number {
  return table.rowOf(table.wordIdsOf(row).map((id) => (id === rare ? common : id)));
}

/**
 * Words near in spelling, one used far more than the other: a join on the texts that deleting a letter leaves (two letters of long
 * words). Time and memory are proportional to the letters of all words, squared for long ones.
 */
function findMisspellings(table: QueryTable, usage: WordUsage): readonly Misspelling[] {
  const ranked = rankWords(table, usage);
  const keys = deletionKeys(ranked.map((id) => table.words.wordOf(id)));
  const met = new Set<number>();
  const found: Misspelling[] = [];
  for (let start = 0; start < keys.length; ) {
    const hash = Math.floor((keys[start] ?? 0) / MOST_WORDS);
    let end = start + 1;
    while (end < keys.length && Math.floor((keys[end] ?? 0) / MOST_WORDS) === hash) end += 1;
    for (let i = start; i < Math.min(end, start + MOST_COMPARED); i++) {
      for (let j = i + 1; j < end; j++) {
        const [first = 0, second = 0] = [(keys[i] ?? 0) % MOST_WORDS, (keys[j] ?? 0) % MOST_WORDS];
        const pair = { common: ranked[first] ?? 0, rare: ranked[second] ?? 0 };
        if (!isFarRarer(pair, usage) || met.has(first * MOST_WORDS + second)) continue;
        met.add(first * MOST_WORDS + second);
        const [rare, common] = [table.words.wordOf(pair.rare), table.words.wordOf(pair.common)];
        if (isNearSpelling(rare, common)) found.push(pair);
      }
    }
    start = end;
  }
  return found.sort(
    (a, b) =>
      (usage.scores[b.rare] ?? 0) - (usage.scores[a.rare] ?? 0) ||
      a.rare - b.rare ||
      a.common - b.common,
  );
}

/** The words that can be misspelt, the most used first. */
function rankWords(table: QueryTable, usage: WordUsage): readonly number[] {
  const ids: number[] = [];
  for (let id = 0; id < table.words.size; id++)
    if (isSpellable(table.words.wordOf(id))) ids.push(id);
  ids.sort((a, b) => (usage.scores[b] ?? 0) - (usage.scores[a] ?? 0) || a - b);
  return ids.slice(0, MOST_WORDS);
}

/** The keys of all words, sorted: those of one text stand together, the most used word first. */
function deletionKeys(words: readonly string[]): Float64Array {
  let size = 0;
  for (const word of words) size += keysOf(word.length, allowsTwoEdits(word));
  const keys = new Float64Array(size);
  let at = 0;
  words.forEach((word, rank) => {
    const add = (i: number, j: number): void => {
      keys[at++] = hashText(word, i, j) * MOST_WORDS + rank;
    };
    add(-1, -1);
    for (let i = 0; i < word.length; i++) {
      add(i, -1);
      if (allowsTwoEdits(word)) for (let j = i + 1; j < word.length; j++) add(i, j);
    }
  });
  return keys.sort();
}

function keysOf(length: number, isLong: boolean): number {
  return 1 + length + (isLong ? (length * (length - 1)) / 2 : 0);
}

function isFarRarer({ rare, common }: Misspelling, usage: WordUsage): boolean {
  return (usage.scores[common] ?? 0) >= LEAST_USAGE_RATIO * (usage.scores[rare] ?? 0);
}
