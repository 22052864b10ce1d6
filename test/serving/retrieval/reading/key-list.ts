import type { JapaneseReader } from '../../../../dictionaries/reading/japanese-reader.ts';
import { type TextKey, textKeys } from '../../../../dictionaries/reading/text-keys.ts';
import type {
  EntryRange,
  TextKeyLookup,
} from '../../../../serving/retrieval/reading/text-key-lookup.ts';
import { findByTextKeys } from '../../../../serving/retrieval/reading/text-key-search.ts';

export interface Listed extends TextKey {
  readonly completion: number;
}

/** Text keys of completions, best first, in a sorted list; ranges are read from end to end. */
export class KeyList implements TextKeyLookup {
  readonly entries: readonly Listed[];
  readonly texts: readonly string[];

  constructor(
    texts: readonly string[],
    language: 'zh' | 'ja' | null,
    japanese: JapaneseReader | null = null,
  ) {
    this.texts = texts;
    this.entries = texts
      .flatMap((text, completion) =>
        textKeys(text, language, japanese).map((key) => ({ ...key, completion })),
      )
      .sort(
        (a, b) => compare(a.kind, b.kind) || compare(a.key, b.key) || a.completion - b.completion,
      );
  }

  has(kind: TextKey['kind']): boolean {
    return this.entries.some((entry) => entry.kind === kind);
  }

  prefixRange(kind: TextKey['kind'], key: string): EntryRange {
    const matches = (entry: Listed) => entry.kind === kind && entry.key.startsWith(key);
    const low = this.entries.findIndex(matches);
    return low < 0 ? { low: 0, high: 0 } : { low, high: this.entries.findLastIndex(matches) + 1 };
  }

  stream({ low, high }: EntryRange): { next(): number } {
    const entries = Array.from({ length: high - low }, (_, at) => low + at).sort(
      (a, b) => this.completionAt(a) - this.completionAt(b) || a - b,
    );
    return { next: () => entries.shift() ?? -1 };
  }

  keyAt(entry: number): string {
    return this.entries[entry]!.key;
  }

  completionAt(entry: number): number {
    return this.entries[entry]!.completion;
  }

  startAt(entry: number): number {
    return this.entries[entry]!.start;
  }

  stepsAt(entry: number): number[] {
    return [...this.entries[entry]!.steps];
  }

  /** What is found for a typed text, with the matched part of each text in brackets. */
  find(typed: string): string[] {
    return this.search(typed).map(({ completion, start, end }) => {
      const text = this.texts[completion]!;
      return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
    });
  }

  search(typed: string, left = 100_000, isShown = (_: number) => true) {
    const normalisedOf = (completion: number) => this.texts[completion]!;
    return findByTextKeys(this, typed, { limit: 10, budget: { left }, isShown, normalisedOf });
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
