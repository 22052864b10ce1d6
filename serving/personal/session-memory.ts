import { LRUCache } from 'lru-cache';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import { type Leads, QUERIES_READ, type SessionLeads } from './session-leads.ts';
import type { ThemeAnchors } from './theme-anchors.ts';

/** Sessions that are remembered, for the keystrokes that follow their queries: with their lifts 1.1 KiB each. */
const REMEMBERED = 2_048;

/** The last queries of a session. */
export interface SessionMemo {
  /** What each leads to, newest first, and what that counts for. */
  readonly leads: readonly Leads[];
  readonly weights: readonly number[];
  /** How much likelier each theme is in the session than by itself; null where nothing is known of the themes of its queries. */
  readonly lifts: Float32Array | null;
}

/** What sessions lead to as a whole. */
export class SessionMemory {
  readonly #leads: SessionLeads;
  readonly #anchors: ThemeAnchors;
  readonly #known = new LRUCache<string, SessionMemo>({ max: REMEMBERED });

  constructor(leads: SessionLeads, anchors: ThemeAnchors) {
    this.#leads = leads;
    this.#anchors = anchors;
  }

  /** @param queries normalised, newest first */
  sessionOf(queries: readonly string[], choice: MarketChoice): SessionMemo {
    const read = queries.slice(0, QUERIES_READ);
    const key = `${choice.market} ${read.join('\n')}`;
    let session = this.#known.get(key);
    if (session === undefined) {
      session = this.#read(read, choice);
      this.#known.set(key, session);
    }
    return session;
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
    return { leads, weights, lifts };
  }
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
