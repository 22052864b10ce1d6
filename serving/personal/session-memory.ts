import { LRUCache } from 'lru-cache';
import { LEAST_LOG, NONE } from '../../ranking/features/candidate-table.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import { RowIndex } from './row-index.ts';
import { type Leads, MOST_LEADS_KNOWN, QUERIES_READ, type SessionLeads } from './session-leads.ts';
import type { ThemeAnchors } from './theme-anchors.ts';

/** Sessions that are remembered, for the keystrokes that follow their queries: with their lifts 1.1 KiB each. */
const REMEMBERED = 2_048;

/** What the last queries of a session lead to. */
export interface SessionMemo {
  /** Completions, each once, those that the newest query leads to first, and the first term of each, in turns. */
  readonly leads: Int32Array;
  /** log2 of how likely each is searched next. */
  readonly followUps: Float32Array;
  /** How much likelier each theme is in the session than by itself; null where nothing is known of the themes of its queries. */
  readonly lifts: Float32Array | null;
}

export const NO_SESSION: SessionMemo = {
  leads: new Int32Array(0),
  followUps: new Float32Array(0),
  lifts: null,
};

/** What sessions lead to as a whole. */
export class SessionMemory {
  readonly #leads: SessionLeads;
  readonly #anchors: ThemeAnchors;
  readonly #known = new LRUCache<string, SessionMemo>({ max: REMEMBERED });
  /** By the list of queries itself, which is the same one until the session's next event. */
  readonly #latest = new WeakMap<readonly string[], { market: string; memo: SessionMemo }>();

  constructor(leads: SessionLeads, anchors: ThemeAnchors) {
    this.#leads = leads;
    this.#anchors = anchors;
  }

  /** @param queries normalised, newest first; not to be changed */
  sessionOf(queries: readonly string[], choice: MarketChoice): SessionMemo {
    if (queries.length === 0) return NO_SESSION;
    const { market } = choice;
    const latest = this.#latest.get(queries);
    if (latest?.market === market) return latest.memo;
    const read = queries.slice(0, QUERIES_READ);
    const key = `${market} ${read.join('\n')}`;
    let memo = this.#known.get(key);
    if (memo === undefined) {
      memo = this.#read(read, choice);
      this.#known.set(key, memo);
    }
    this.#latest.set(queries, { market, memo });
    return memo;
  }

  #read(queries: readonly string[], choice: MarketChoice): SessionMemo {
    const leads: Leads[] = [];
    const weights: number[] = [];
    this.#leads.visit(queries, choice, (each, weight) => {
      leads.push(each);
      weights.push(weight);
    });
    const mixed = mixThemes(leads, weights);
    const lifts = mixed === null ? null : this.#anchors.liftsOfPosterior(mixed);
    return { ...mergeLeads(leads, weights), lifts };
  }
}

const places = new RowIndex(QUERIES_READ * MOST_LEADS_KNOWN);

/** What queries lead to together: a chance is the sum of what each of them gives. */
function mergeLeads(all: readonly Leads[], weights: readonly number[]) {
  const most = all.reduce((sum, { ids }) => sum + ids.length, 0);
  const leads = new Int32Array(2 * most);
  const followUps = new Float32Array(most);
  let size = 0;
  places.clear();
  for (let query = 0; query < all.length; query++) {
    const { ids, firstTerms, chances } = all[query]!;
    const weight = weights[query]!;
    for (let i = 0; i < ids.length; i++) {
      let place = places.find(ids[i]!);
      if (place === NONE) {
        place = size++;
        places.put(ids[i]!, place);
        leads[2 * place] = ids[i]!;
        leads[2 * place + 1] = firstTerms[i]!;
      }
      followUps[place]! += weight * chances[i]!;
    }
  }
  for (let place = 0; place < size; place++) {
    followUps[place] = Math.max(LEAST_LOG, Math.log2(followUps[place]!));
  }
  return { leads: leads.slice(0, 2 * size), followUps: followUps.slice(0, size) };
}

/** The weighted mean of the themes of queries; null where those of none are known. */
function mixThemes(leads: readonly Leads[], weights: readonly number[]): Float32Array | null {
  let mixed: Float32Array | null = null;
  let total = 0;
  leads.forEach(({ themes }, i) => {
    if (themes === null) return;
    const weight = weights[i] ?? 0;
    mixed ??= new Float32Array(themes.length);
    for (let theme = 0; theme < themes.length; theme++) mixed[theme]! += weight * themes[theme]!;
    total += weight;
  });
  return divided(mixed, total);
}

function divided(sums: Float32Array | null, total: number): Float32Array | null {
  if (sums === null) return null;
  for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! / total;
  return sums;
}
