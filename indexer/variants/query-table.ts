import type { Workspace } from '../clean/workspace.ts';
import { HashChains, hashIds } from './hash-chains.ts';
import { WordTable } from './word-table.ts';

/**
 * The kept surface groups, a row each, the most used first (ties in code unit order of their normalised forms), and their words by
 * number. What depends on rows depends on the input alone. About 200 bytes a row and 150 a distinct word.
 */
export class QueryTable {
  readonly texts: readonly string[];
  /** Decayed count over all markets. */
  readonly scores: Float64Array;
  /** Distinct users as far as they are known, the sum over markets. */
  readonly users: Float64Array;
  readonly groupIds: Uint32Array;
  /** The markets in which a row is kept, by their numbers, ascending; rows share the lists. */
  readonly markets: readonly (readonly number[])[];
  /** The market in which the row is used most. */
  readonly mainMarkets: Uint32Array;
  readonly words: WordTable;
  /** Word numbers of all rows, one row after the other: row r has those from starts[r] to starts[r + 1]. */
  readonly wordIds: Uint32Array;
  readonly starts: Uint32Array;
  readonly #sequences: HashChains;

  private constructor(rows: readonly LoadedGroup[]) {
    this.texts = rows.map(({ text }) => text);
    this.scores = Float64Array.from(rows, ({ score }) => score);
    this.users = Float64Array.from(rows, ({ users }) => users);
    this.groupIds = Uint32Array.from(rows, ({ groupId }) => groupId);
    this.markets = rows.map(({ markets }) => markets);
    this.mainMarkets = Uint32Array.from(rows, ({ mainMarket }) => mainMarket);
    this.words = new WordTable();
    this.starts = new Uint32Array(rows.length + 1);
    const ids: number[] = [];
    this.texts.forEach((text, row) => {
      for (const word of text.split(' ')) ids.push(this.words.idOf(word));
      this.starts[row + 1] = ids.length;
    });
    this.wordIds = Uint32Array.from(ids);
    this.#sequences = new HashChains(rows.length);
    this.texts.forEach((_, row) => {
      this.#sequences.add(hashIds(this.wordIdsOf(row)), row);
    });
  }

  /** Reads the groups that the steps up to `13-aliases` have left. */
  static async load(workspace: Workspace): Promise<QueryTable> {
    const groups: LoadedGroup[] = [];
    const marketLists = new Map<string, readonly number[]>();
    let open: OpenGroup | undefined;
    const close = (): void => {
      if (open === undefined) return;
      const { markets, ...group } = open;
      const key = markets.join(' ');
      const shared = marketLists.get(key) ?? markets;
      marketLists.set(key, shared);
      groups.push({ ...group, markets: shared });
    };
    for await (const chunk of workspace.stream(GROUPS)) {
      const columns = [0, 1, 2, 3, 4].map((column) => chunk.getColumnValues(column));
      for (let row = 0; row < chunk.rowCount; row++) {
        const [groupId, market, score, users] = [0, 2, 3, 4].map((column) =>
          Number(columns[column]?.[row]),
        ) as [number, number, number, number];
        if (open?.groupId !== groupId) {
          close();
          const text = String(columns[1]?.[row]);
          open = { groupId, text, score: 0, users: 0, markets: [], mainMarket: market, best: -1 };
        }
        open.score += score;
        open.users += users;
        open.markets.push(market);
        if (score > open.best) {
          open.best = score;
          open.mainMarket = market;
        }
      }
    }
    close();
    return QueryTable.of(groups);
  }

  /** A table of these groups, in any order. */
  static of(groups: LoadedGroup[]): QueryTable {
    groups.sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1));
    return new QueryTable(groups);
  }

  get size(): number {
    return this.texts.length;
  }

  wordIdsOf(row: number): Uint32Array {
    return this.wordIds.subarray(this.starts[row], this.starts[row + 1]);
  }

  /** The row that has exactly these words in this order; -1 when there is none. */
  rowOf(wordIds: Uint32Array): number {
    for (const row of this.#sequences.rows(hashIds(wordIds))) {
      const own = this.wordIdsOf(row);
      if (own.length === wordIds.length && own.every((id, at) => id === wordIds[at])) return row;
    }
    return -1;
  }

  /** The row of a normalised form; -1 when there is none. */
  rowOfText(text: string): number {
    const ids: number[] = [];
    for (const word of text.split(' ')) {
      const id = this.words.find(word);
      if (id === undefined) return -1;
      ids.push(id);
    }
    return this.rowOf(Uint32Array.from(ids));
  }

  /** Whether `row` is kept in every market in which `other` is: then `other` may be merged into it without showing it where too few searched it. */
  coversMarketsOf(row: number, other: number): boolean {
    const own = this.markets[row] ?? [];
    const others = this.markets[other] ?? [];
    return own === others || others.every((market) => own.includes(market));
  }
}

/** A kept group as it was counted. */
export interface LoadedGroup {
  readonly groupId: number;
  readonly text: string;
  readonly score: number;
  readonly users: number;
  readonly markets: readonly number[];
  readonly mainMarket: number;
}

interface OpenGroup extends LoadedGroup {
  score: number;
  users: number;
  mainMarket: number;
  markets: number[];
  best: number;
}

const GROUPS = `
  SELECT group_id, normalised, market, score, greatest(known_users, most_users) AS users
  FROM group_scores
  JOIN representatives USING (group_id)
  JOIN group_markets USING (group_id, market)
  ORDER BY normalised, market`;
