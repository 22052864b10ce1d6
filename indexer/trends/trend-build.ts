import type { Workspace } from '../clean/workspace.ts';
import type { LateCompletion, LateMarket, LateSearches } from '../segment/trend-section.ts';
import { DayCounts, mayRise } from './late-counts.ts';

const MERGED = 'und';
/** Completions with fewer searches in 35 days get no row: they are most of all, and what rises is told from nothing as well as from two. */
const LEAST_SEARCHES = 3;

/** Counts users by day, from the searches as cleaned; to be run while those are in the workspace. */
export function countTrendDays(workspace: Workspace): Promise<void> {
  return workspace.runStep('trends/01-days');
}

/** What `TrendBuild` needs to know of the build. */
export interface TrendRules {
  /** Distinct users that make a trend. */
  readonly minUsers: number;
  /** Whether what rises at as-of is kept; the order of an index of ungrouped forms is that of its counts, and nothing comes between. */
  readonly keepsRises: boolean;
  /** Whether any row has a time; without, nothing is late. */
  readonly hasTimes: boolean;
}

/** Collects what the section of late searches says of the completions of a build. */
export class TrendBuild {
  readonly #rules: TrendRules;
  readonly #totals = new Map<string, DayCounts>();
  /** By normalised form, by market. */
  readonly #completions: Map<string, Map<string, DayCounts>>;
  readonly #inputs = new Map<string, number>();
  #added = 0;

  private constructor(
    rules: TrendRules,
    totals: Map<string, DayCounts>,
    completions: Map<string, Map<string, DayCounts>>,
  ) {
    this.#rules = rules;
    this.#totals = totals;
    this.#completions = completions;
  }

  /** Reads what `countTrendDays` counted, when it is known what is kept and merged. `markets` names the markets by their numbers. */
  static async read(
    workspace: Workspace,
    markets: readonly string[],
    rules: TrendRules,
  ): Promise<TrendBuild> {
    const totals = new Map<string, DayCounts>([[MERGED, new DayCounts()]]);
    for (const [market = 0, day = 0, users = 0, hourUsers = 0] of await workspace.readNumbers(
      'SELECT market, age_day, sum(users), sum(hour_users) FROM trend_days GROUP BY ALL ORDER BY ALL',
    )) {
      for (const tag of tagsOf(markets[market])) countsIn(totals, tag).add(day, users, hourUsers);
    }
    const completions = new Map<string, Map<string, DayCounts>>();
    for await (const chunk of workspace.streamStep('trends/02-completions')) {
      const columns = [0, 1, 2, 3, 4].map((column) => chunk.getColumnValues(column));
      for (let row = 0; row < chunk.rowCount; row++) {
        const normalised = String(columns[0]?.[row]);
        const byMarket = completions.get(normalised) ?? new Map<string, DayCounts>();
        completions.set(normalised, byMarket);
        const [day = 0, users = 0, hourUsers = 0] = [2, 3, 4].map((i) => Number(columns[i]?.[row]));
        for (const tag of tagsOf(markets[Number(columns[1]?.[row])])) {
          countsIn(byMarket, tag).add(day, users, hourUsers);
        }
      }
    }
    await workspace.run('DROP TABLE trend_days');
    return new TrendBuild(rules, totals, completions);
  }

  /** Takes note of each completion, in the order in which they are added. */
  addCompletion({ normalised }: { readonly normalised: string }): void {
    if (this.#completions.has(normalised)) this.#inputs.set(normalised, this.#added);
    this.#added++;
  }

  /** The content of the section; null where no search has a place in time. */
  finish(): LateSearches | null {
    if (this.#completions.size === 0 || !this.#rules.hasTimes) return null;
    // Rows without a market are counted over all; where nothing else is, one table says it all.
    const isOne = this.#totals.size <= 2;
    const markets = isOne ? [MERGED] : [...this.#totals.keys()];
    return {
      leastSearches: LEAST_SEARCHES,
      markets: markets.map((market) => this.#marketOf(market)),
    };
  }

  #marketOf(market: string): LateMarket {
    const totals = this.#totals.get(market)!;
    const all = totals.late();
    const { minUsers, keepsRises } = this.#rules;
    const completions: LateCompletion[] = [];
    for (const [normalised, byMarket] of this.#completions) {
      const counts = byMarket.get(market);
      const input = this.#inputs.get(normalised);
      if (counts === undefined || input === undefined || counts.sum < LEAST_SEARCHES) continue;
      const late = counts.late();
      const isRecent = keepsRises && mayRise(late, all, minUsers);
      completions.push({ ...late, input, spread: counts.spreadWithin(totals), isRecent });
    }
    return { market, all, completions };
  }
}

function tagsOf(market: string | undefined): readonly string[] {
  return market === undefined || market === MERGED ? [MERGED] : [MERGED, market];
}

function countsIn(counts: Map<string, DayCounts>, market: string): DayCounts {
  const known = counts.get(market);
  if (known !== undefined) return known;
  const fresh = new DayCounts();
  counts.set(market, fresh);
  return fresh;
}
