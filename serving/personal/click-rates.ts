import { LRUCache } from 'lru-cache';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import type { EventListener, ReplayedLog } from '../events/event-listener.ts';
import type { PersonalStore, UserTraces } from '../events/personal-store.ts';
import { replayWithin } from '../events/replay-bound.ts';
import { RecentMap } from '../recent-map.ts';

export interface ClickRateOptions {
  /** The probability that position p is looked at is p to the power of minus this; 0.7 when absent. */
  readonly positionBias?: number;
  /** Looks that the usual rate counts for, before a suggestion's own; 20 when absent. */
  readonly smoothing?: number;
  /** Suggestions, and pairs of one with a typed text, that are watched, each; 65,536 when absent, about 200 bytes each. */
  readonly capacity?: number;
}

/** Counts fade with this half-life of event time. */
const HALF_LIFE_MS = 14 * 86_400_000;
/** Requests whose typed text is remembered until their events come. */
const REMEMBERED_REQUESTS = 20_000;
/** Before anything is known, one look in so many leads to a click. */
const FIRST_LOOKS = 100;
const FIRST_CLICKS = 10;

/** Looks and clicks of one suggestion, as of their last event. */
export interface Tally {
  looks: number;
  clicks: number;
  atMs: number;
  /** Not counted any more: another may have taken its place. */
  isGone: boolean;
}

/** What was shown after one typed text, by id; `revision` is another whenever an id comes or goes. */
export interface TalliesAfter {
  revision: number;
  readonly tallies: Map<string, Tally>;
}

/**
 * How often suggestions are taken when they are looked at, from impressions and clicks: a shown one is looked at with the propensity of its position (Joachims, Swaminathan and
 * Schnabel, "Unbiased Learning-to-Rank with Biased Feedback", WSDM 2017, section 5.1), and rates are smoothed towards the usual one. Bounded: what was heard of longest ago goes.
 * Own history entries have ids of their own, so that what a user takes of them tells nobody else.
 */
export class ClickRates implements EventListener, PersonalStore {
  readonly name = 'clicks';
  readonly #bias: number;
  readonly #smoothing: number;
  readonly #tallies: LRUCache<string, Tally>;
  readonly #ofPrefix: LRUCache<string, Tally>;
  /** The same tallies by typed text: a request has hundreds of candidates, of which a few were shown after its text. */
  readonly #after = new Map<string, TalliesAfter>();
  readonly #typed = new RecentMap<string>({ entries: REMEMBERED_REQUESTS });
  #looks = FIRST_LOOKS;
  #clicks = FIRST_CLICKS;

  constructor({ positionBias = 0.7, smoothing = 20, capacity = 65_536 }: ClickRateOptions = {}) {
    this.#bias = positionBias;
    this.#smoothing = smoothing;
    this.#tallies = new LRUCache({
      max: capacity,
      dispose: (tally) => {
        tally.isGone = true;
      },
    });
    this.#ofPrefix = new LRUCache({ max: capacity, dispose: (_, key) => this.#unlink(key) });
  }

  /** Nothing of it outlives the process: what was shown within two half-lives, as far as that is bounded. What was typed is not in the events, so that rates by typed text begin anew. */
  replayFrom(log: ReplayedLog): number {
    return replayWithin(log, 2 * HALF_LIFE_MS);
  }

  /** Remembers what was typed for a request whose events may come. */
  noteRequest(requestId: string, typed: string): void {
    this.#typed.set(requestId, typed);
  }

  /** Nothing here names a user: see `forgetTraces`. */
  forgetUser(): number {
    return 0;
  }

  /** Forgets the rates of a user's own entries, what they typed, and rates after that. */
  forgetTraces({ suggestionIds, requestIds }: UserTraces): number {
    const typed = new Set<string>();
    let removed = 0;
    for (const requestId of requestIds) {
      const text = this.#typed.get(requestId);
      if (text !== undefined) typed.add(text);
      if (this.#typed.delete(requestId)) removed++;
    }
    for (const id of suggestionIds) if (this.#tallies.delete(id)) removed++;
    for (const key of [...this.#ofPrefix.keys()]) {
      const space = key.indexOf(' ');
      const isOurs = suggestionIds.has(key.slice(0, space)) || typed.has(key.slice(space + 1));
      if (isOurs && this.#ofPrefix.delete(key)) removed++;
    }
    return removed;
  }

  apply({ event }: EventRecord): void {
    if (event.type === 'impression' && event.surface === 'suggest') {
      for (const { id, position } of event.items) {
        this.#add(event.requestId, id, this.propensityAt(position), 0, event.atMs);
      }
    }
    if (event.type === 'click' && event.surface === 'suggest') {
      this.#add(event.requestId, event.id, 0, 1, event.atMs);
    }
  }

  /** The probability that a position, from 1, is looked at. */
  propensityAt(position: number): number {
    return Math.max(1, position) ** -this.#bias;
  }

  /** Whether no suggestion was shown yet. */
  get isEmpty(): boolean {
    return this.#tallies.size === 0;
  }

  /** log2 of a suggestion's rate over the usual one; 0 where nothing is known of it. */
  rateOf(id: string): number {
    return this.#ratio(this.#tallies.peek(id));
  }

  /** The same after a typed text (normalised). */
  rateAfter(typed: string, id: string): number {
    return this.#ratio(this.#ofPrefix.peek(prefixKey(typed, id)));
  }

  /** What was shown after a typed text (normalised); undefined where nothing was. The same object until all of it is forgotten. */
  talliesAfter(typed: string): TalliesAfter | undefined {
    return this.#after.get(typed);
  }

  /** What is counted of a suggestion; undefined where nothing is. It counts on until it is gone. */
  tallyOf(id: string): Tally | undefined {
    return this.#tallies.peek(id);
  }

  /** log2 of the rate of a tally over the usual one. */
  rateOfTally(tally: Tally): number {
    return this.#ratio(tally);
  }

  #ratio(tally: Tally | undefined): number {
    if (tally === undefined) return 0;
    const usual = this.#clicks / this.#looks;
    const clicks = tally.clicks + this.#smoothing * usual;
    return Math.log2(clicks / (tally.looks + this.#smoothing) / usual);
  }

  #add(requestId: string, id: string, looks: number, clicks: number, atMs: number): void {
    this.#looks += looks;
    this.#clicks += clicks;
    addTo(this.#tallies, id, looks, clicks, atMs);
    const typed = this.#typed.get(requestId);
    if (typed === undefined) return;
    const tally = addTo(this.#ofPrefix, prefixKey(typed, id), looks, clicks, atMs);
    let after = this.#after.get(typed);
    if (after === undefined) {
      after = { revision: 0, tallies: new Map() };
      this.#after.set(typed, after);
    }
    if (after.tallies.get(id) === tally) return;
    after.tallies.set(id, tally);
    after.revision++;
  }

  #unlink(key: string): void {
    const space = key.indexOf(' ');
    const typed = key.slice(space + 1);
    const after = this.#after.get(typed);
    if (after === undefined) return;
    after.tallies.delete(key.slice(0, space));
    after.revision++;
    if (after.tallies.size === 0) this.#after.delete(typed);
  }
}

/** Ids hold no space. */
function prefixKey(typed: string, id: string): string {
  return `${id} ${typed}`;
}

function addTo(
  tallies: LRUCache<string, Tally>,
  key: string,
  looks: number,
  clicks: number,
  atMs: number,
): Tally {
  const known = tallies.get(key);
  if (known === undefined) {
    const tally = { looks, clicks, atMs, isGone: false };
    tallies.set(key, tally);
    return tally;
  }
  const left = 2 ** (-Math.max(0, atMs - known.atMs) / HALF_LIFE_MS);
  known.looks = known.looks * left + looks;
  known.clicks = known.clicks * left + clicks;
  known.atMs = Math.max(known.atMs, atMs);
  return known;
}
