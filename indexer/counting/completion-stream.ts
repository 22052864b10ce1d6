import { DuckDBListValue } from '@duckdb/node-api';
import type { Workspace } from '../clean/workspace.ts';
import type { CountedCompletion, MarketScore } from '../segment/counted-completion.ts';
import type { MarketSize } from '../segment/manifest.ts';

/** What came out of the counting, beside the completions themselves. */
export interface CompletionTotals {
  readonly completions: number;
  readonly aliases: number;
  /** In code unit order. */
  readonly markets: readonly MarketSize[];
}

/**
 * Hands the counted list, in the order of the normalised forms, to `add`. `markets` names the markets by their numbers.
 * Scores by market are given only when completions of more than one market are left.
 */
export async function streamCompletions(
  workspace: Workspace,
  markets: readonly string[],
  add: (completion: CountedCompletion) => void,
): Promise<CompletionTotals> {
  const [[marketCount = 0] = []] = await workspace.readNumbers(
    'SELECT count(DISTINCT market) FROM group_scores',
  );
  const hasViews = marketCount > 1;
  const sizes = new Map<string, number>();
  let completions = 0;
  let aliases = 0;
  let open: OpenCompletion | undefined;
  const close = (): void => {
    if (open === undefined) return;
    const { normalised, surface, scores } = open;
    completions += 1;
    aliases += open.aliases.length;
    add({
      normalised,
      surface,
      score: scores.reduce((sum, { score }) => sum + score, 0),
      ...(open.aliases.length > 0 ? { aliases: open.aliases } : {}),
      ...(hasViews ? { markets: scores } : {}),
    });
  };
  for await (const chunk of workspace.streamStep('clean/15-completions')) {
    const columns = [0, 1, 2, 3, 4].map((column) => chunk.getColumnValues(column));
    for (let row = 0; row < chunk.rowCount; row++) {
      const normalised = String(columns[0]?.[row]);
      if (open?.normalised !== normalised) {
        close();
        const surface = String(columns[1]?.[row]);
        open = { normalised, surface, scores: [], aliases: readList(columns[4]?.[row]) };
      }
      const market = markets[Number(columns[2]?.[row])] ?? 'und';
      sizes.set(market, (sizes.get(market) ?? 0) + 1);
      open.scores.push({ market, score: Number(columns[3]?.[row]) });
    }
  }
  close();
  return {
    completions,
    aliases,
    markets: [...sizes]
      .map(([market, size]) => ({ market, completions: size }))
      .sort((a, b) => (a.market < b.market ? -1 : 1)),
  };
}

interface OpenCompletion {
  readonly normalised: string;
  readonly surface: string;
  readonly scores: MarketScore[];
  readonly aliases: readonly string[];
}

function readList(value: unknown): readonly string[] {
  return value instanceof DuckDBListValue ? value.items.map(String) : [];
}
