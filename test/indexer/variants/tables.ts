import { type FoundVariants, findVariants } from '../../../indexer/variants/find-variants.ts';
import { QueryTable } from '../../../indexer/variants/query-table.ts';
import { NO_USAGE, type PairUsage } from '../../../indexer/variants/usage-evidence.ts';

/** A query and its count; users, when they are not a tenth of it, and market. */
export type Counted = readonly [
  text: string,
  score: number,
  more?: { readonly users?: number; readonly markets?: readonly number[] },
];

/** A table of counted queries. */
export function tableOf(queries: readonly Counted[]): QueryTable {
  return QueryTable.of(
    queries.map(([text, score, { users = score / 10, markets = [0] } = {}], groupId) => ({
      groupId,
      text,
      score,
      users,
      markets,
      mainMarket: markets[0] ?? 0,
    })),
  );
}

/** Finds variants; `usage` is by the two texts, the more used one first, as `more|less`. */
export function variantsOf(
  queries: readonly Counted[],
  usage: Readonly<Record<string, Partial<PairUsage>>> = {},
  markets: readonly string[] = ['en-US', 'es-ES', 'fr-FR', 'vi-VN'],
): Promise<FoundVariants> {
  const table = tableOf(queries);
  return findVariants(table, markets, async (pairs) =>
    pairs.map(({ more, less }) => ({
      ...NO_USAGE,
      ...usage[`${table.texts[more]}|${table.texts[less]}`],
    })),
  );
}

/** What was merged into what. */
export function mergesOf({ merges, table }: FoundVariants): Readonly<Record<string, string>> {
  return Object.fromEntries(
    merges.map(({ pair }) => [table.texts[pair.less], table.texts[pair.more]]),
  );
}

/** Why what was kept apart was, by `more|less`. */
export function refusalsOf({ refused, table }: FoundVariants): Readonly<Record<string, string>> {
  return Object.fromEntries(
    refused.map(({ pair, apart }) => [
      `${table.texts[pair.more]}|${table.texts[pair.less]}`,
      String(apart),
    ]),
  );
}
