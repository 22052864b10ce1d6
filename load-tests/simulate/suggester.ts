import type { HeadQuery } from './universe.ts';

/** The suggester that the simulated app had: the ten most popular head queries of a language for each short prefix. */
export class LoggedSuggester {
  private readonly lists: readonly ReadonlyMap<string, readonly HeadQuery[]>[];
  private static readonly LONGEST_PREFIX = 12;
  private static readonly LIST_SIZE = 10;

  constructor(heads: readonly (readonly (readonly HeadQuery[])[])[]) {
    this.lists = heads.map((topics) => {
      const lists = new Map<string, HeadQuery[]>();
      const popular = topics.flat().sort((a, b) => b.share - a.share || (a.text < b.text ? -1 : 1));
      for (const query of popular) {
        const characters = [...query.text];
        for (
          let length = 1;
          length <= Math.min(characters.length, LoggedSuggester.LONGEST_PREFIX);
          length++
        ) {
          const prefix = characters.slice(0, length).join('');
          const list = lists.get(prefix);
          if (list === undefined) lists.set(prefix, [query]);
          else if (list.length < LoggedSuggester.LIST_SIZE) list.push(query);
        }
      }
      return lists;
    });
  }

  /** The list for what was typed, best first; empty for prefixes that are unknown or longer than 12 characters. */
  suggest(language: number, typed: string): readonly HeadQuery[] {
    return this.lists[language]?.get(typed) ?? [];
  }
}
