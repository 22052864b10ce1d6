import { LRUCache } from 'lru-cache';
import { queryUnits } from '../../dictionaries/query-units.ts';
import { findExactForm } from '../../indexer/segment/exact-form.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import type { CandidateGenerator, SurfaceRequest } from '../surfaces/generator.ts';
import { Gathering } from '../surfaces/related/gathering.ts';
import { MemberSets } from '../surfaces/related/member-set.ts';
import { MIXTURE } from '../surfaces/related/mixture.ts';
import { PairGenerator } from '../surfaces/related/pair-generator.ts';
import { ThemeGenerator } from '../surfaces/related/theme-generator.ts';
import { UnitGenerator } from '../surfaces/related/unit-generator.ts';

/** The last queries of a session that lead on. */
export const QUERIES_READ = 3;
/** Each query back says so much less than the one after it. */
const FADING = 0.6;
const OF_EACH = 32;
/** Leads of a query at most. */
export const MOST_LEADS_KNOWN = 2 * OF_EACH;
const BUDGET = 1_024;
/** Queries whose leads are remembered, for the keystrokes that follow them. */
const REMEMBERED = 4_096;

/** What a query leads to. */
export interface Leads {
  readonly ids: Uint32Array;
  /** The first term of each. */
  readonly firstTerms: Int32Array;
  /** Probability of each. */
  readonly chances: Float32Array;
  /** Probability of each theme; null where nothing is known of the query's. */
  readonly themes: Float32Array | null;
}

/**
 * What a session goes on to, by the query graph: what enough people searched after its last queries, or after queries with their words, or for their themes. Tens of microseconds for
 * a query, once; what it leads to is remembered.
 */
export class SessionLeads {
  readonly #segment: Segment;
  readonly #generators: readonly CandidateGenerator[];
  readonly #gathering = new Gathering();
  readonly #known = new LRUCache<string, Leads>({ max: REMEMBERED });

  constructor(segment: Segment) {
    this.#segment = segment;
    const members = new MemberSets(segment.completions);
    this.#generators = [
      new PairGenerator('sessions', ['followed', 'specialised', 'generalised'], segment, members),
      new PairGenerator('clicks', ['clicks'], segment, members),
      new PairGenerator('users', ['users'], segment, members),
      new UnitGenerator(segment, members),
      new ThemeGenerator(segment),
    ];
  }

  /** Whether the snapshot knows of any evidence. */
  get isEmpty(): boolean {
    return this.#segment.related === null && this.#segment.themes === null;
  }

  /** Visits each query's leads with what they count for, newest query first. */
  visit(
    queries: readonly string[],
    choice: MarketChoice,
    each: (leads: Leads, weight: number) => void,
  ): void {
    if (this.isEmpty) return;
    let weight = 1;
    for (const query of queries.slice(0, QUERIES_READ)) {
      each(this.#leadsOf(query, choice), weight);
      weight *= FADING;
    }
  }

  #leadsOf(query: string, choice: MarketChoice): Leads {
    const key = `${choice.market} ${query}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const leads = this.#findLeads(query, choice);
    this.#known.set(key, leads);
    return leads;
  }

  #findLeads(normalised: string, choice: MarketChoice): Leads {
    const completion = findExactForm(this.#segment, normalised);
    const request: SurfaceRequest = {
      choice,
      limit: OF_EACH,
      query: {
        normalised,
        completion,
        readings: completion === null ? [] : [{ id: completion, bits: 0 }],
      },
      video: null,
      session: null,
      nowMs: 0,
    };
    const gathering = this.#gathering.clear();
    for (const generator of this.#generators) {
      const weight = MIXTURE.weights[generator.name] ?? 0;
      for (const { id, bits } of generator.generate(request, OF_EACH, { left: BUDGET })) {
        gathering.add(id, weight * 2 ** -bits, '');
      }
    }
    const likeliest = gathering.likeliest(MOST_LEADS_KNOWN);
    const { forward } = this.#segment;
    const { length } = likeliest;
    const ids = new Uint32Array(length);
    const firstTerms = new Int32Array(length);
    const chances = new Float32Array(length);
    // The first request after each search pays for this: `from` with a function takes several times longer.
    for (let i = 0; i < length; i++) {
      const { id, chance } = likeliest[i]!;
      ids[i] = id;
      firstTerms[i] = forward.termAt(forward.start(id));
      chances[i] = Math.min(1, chance);
    }
    return { ids, firstTerms, chances, themes: this.#themesOf(normalised) };
  }

  #themesOf(normalised: string): Float32Array | null {
    const { themes } = this.#segment;
    if (themes === null) return null;
    const units = queryUnits(normalised).map((unit) => themes.unitOf(unit));
    const posterior = themes.model.posterior(units);
    return posterior === null ? null : new Float32Array(posterior);
  }
}
