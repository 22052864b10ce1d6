import { numberKey } from '../../dictionaries/inflection/noun-number.ts';
import { fold } from '../../dictionaries/reading/fold.ts';
import type { QueryTable } from './query-table.ts';
import { WordTable } from './word-table.ts';

/**
 * Each word's class: words of a language that differ in number, accents or script form only share it. `classIds` lies beside the
 * table's `wordIds`.
 */
export interface WordClasses {
  readonly classIds: Uint32Array;
  /** Language of each row, by its number in `languages`. */
  readonly rowLanguages: Uint16Array;
  readonly languages: readonly string[];
  /** Number of classes. */
  readonly size: number;
}

/** Finds the classes of all words. `languageOf` tells a row's language; a word is looked at once a language. */
export function classifyWords(table: QueryTable, languageOf: (row: number) => string): WordClasses {
  const classes = new WordTable();
  const languages = new WordTable();
  const known: Map<number, number>[] = [];
  const classIds = new Uint32Array(table.wordIds.length);
  const rowLanguages = new Uint16Array(table.size);
  for (let row = 0; row < table.size; row++) {
    const language = languageOf(row);
    const languageId = languages.idOf(language);
    rowLanguages[row] = languageId;
    known[languageId] ??= new Map();
    const known_ = known[languageId];
    for (let at = table.starts[row] ?? 0; at < (table.starts[row + 1] ?? 0); at++) {
      const wordId = table.wordIds[at] ?? 0;
      let classId = known_.get(wordId);
      if (classId === undefined) {
        classId = classes.idOf(numberKey(foldWord(table.words.wordOf(wordId)), language));
        known_.set(wordId, classId);
      }
      classIds[at] = classId;
    }
  }
  const names = Array.from({ length: languages.size }, (_, id) => languages.wordOf(id));
  return { classIds, rowLanguages, languages: names, size: classes.size };
}

/** A word without its accents and script forms; a word that would vanish stays. */
export function foldWord(word: string): string {
  return fold(word) || word;
}
