import { randomBytes } from 'node:crypto';
import type { ClickEvent, Event, ImpressionEvent } from '../../indexer/events/event.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import type { CheckpointedState } from '../events/checkpoint.ts';
import type { EventListener, ReplayedLog } from '../events/event-listener.ts';
import { IdHash, type IdKey } from '../events/id-hash.ts';
import type { PersonalStore, UserTraces } from '../events/personal-store.ts';
import { MOST_REPLAYED, replayWithin } from '../events/replay-bound.ts';
import { RecentMap } from '../recent-map.ts';
import { decodeClickRates, encodeClickRates } from './click-rates-codec.ts';
import {
  CLICK_HALF_LIFE_MS,
  ClickTallies,
  type TalliesAfter,
  type Tally,
} from './click-tallies.ts';
import type { KnownAnswers, LoggedAnswers } from './known-answers.ts';
import { PersonMarks, WINDOW_MS } from './person-marks.ts';
import { partsOf, prefixKey } from './prefix-key.ts';
import type { RecentRing } from './recent-ring.ts';

export type { TalliesAfter, Tally } from './click-tallies.ts';

export interface ClickRateOptions {
  /** The probability that position p is looked at is p to the power of minus this; 0.7 when absent. */
  readonly positionBias?: number;
  /** Looks that the usual rate counts for, before a suggestion's own; 20 when absent. */
  readonly smoothing?: number;
  /** Suggestions, and pairs of one with a typed text, that are watched, each; 65,536 when absent, about 400 bytes each. Of what people did of late eight times as much is known. */
  readonly capacity?: number;
}

/** Requests whose typed text is remembered until their events come. */
export const REMEMBERED_REQUESTS = 20_000;
/** Before anything is known, one look in so many leads to a click. */
const FIRST_LOOKS = 100;
const FIRST_CLICKS = 10;
/** What nobody in particular does can't be told from what somebody does again and again: it counts so much, once a request. */
const NOBODY = 0.25;
/** Records from before a checkpoint that are read for who did what lately. */
const MARKED_AGAIN = 20_000;

/**
 * How often suggestions are taken when they are looked at, from impressions and clicks: a shown one is looked at with the propensity of its position (Joachims, Swaminathan and
 * Schnabel, "Unbiased Learning-to-Rank with Biased Feedback", WSDM 2017, section 5.1), and rates are smoothed towards the usual one. Bounded: what was heard of longest ago goes.
 * Own history entries have ids of their own, so that what a user takes of them tells nobody else.
 *
 * Within a day a person (a user, else a session) looks at a suggestion once, at the best of the positions that it had, and takes it once; the same for a suggestion after one typed text. So
 * nobody moves a rate by more than one look and one click a day. What neither user nor session is known of counts a quarter, once a request. A click on what was not shown counts nothing, as far as that is known.
 *
 * A click whose answer is not known counts in full. Such are those on lists from before a restart, of another server, of more requests ago than are remembered, and those shown to nobody in particular;
 * and forged ones, which nothing tells from them: who makes up sessions may ask for a list with each of them first. To count them less would make a busy server learn less from real clicks than a quiet one,
 * and cost a forger one request more. What bounds forged ones is that a person counts once a day, that rates are smoothed and relative to the usual one, which rises with them, and fade, and that a rate only orders
 * what enough people searched; what keeps them out is who may reach the route.
 */
export class ClickRates implements EventListener, PersonalStore, CheckpointedState {
  readonly name = 'clicks';
  readonly #bias: number;
  readonly #smoothing: number;
  #answers: KnownAnswers | null = null;
  #logged: LoggedAnswers | null = null;
  /** Whether an event was counted by what is known of its answer, which a start is to know as well. */
  #needsLogged = false;
  readonly #tallies: ClickTallies;
  /** By hash of a typed text, and id. */
  readonly #ofPrefix: ClickTallies;
  /** The same tallies by hash of the typed text: a request has hundreds of candidates, of which a few were shown after its text. */
  readonly #after = new Map<number, TalliesAfter>();
  readonly #typed = new RecentMap<number>({ entries: REMEMBERED_REQUESTS });
  readonly #looked: PersonMarks;
  readonly #taken: PersonMarks;
  #key: IdKey = { low: randomBytes(4).readUInt32LE(), high: randomBytes(4).readUInt32LE() };
  #hash = new IdHash(this.#key);
  #looks = FIRST_LOOKS;
  #clicks = FIRST_CLICKS;
  /** One beyond the last record that is counted. */
  #reached = 0;
  /** Whether a checkpoint was read: what is before `#reached` is in it. */
  #isRestored = false;

  constructor(options: ClickRateOptions = {}) {
    const { positionBias = 0.7, smoothing = 20, capacity = 65_536 } = options;
    this.#bias = positionBias;
    this.#smoothing = smoothing;
    this.#looked = new PersonMarks(capacity);
    this.#taken = new PersonMarks(capacity);
    this.#tallies = new ClickTallies(capacity);
    this.#ofPrefix = new ClickTallies(capacity, (key) => this.#unlink(key));
  }

  get reached(): number {
    return this.#reached;
  }

  /** From the checkpoint on, and a little before it for who did what lately; without one, what was shown within two half-lives, as far as that is bounded. */
  replayFrom(log: ReplayedLog): number {
    if (!this.#isRestored) return replayWithin(log, 2 * CLICK_HALF_LIFE_MS);
    const marked = Math.max(log.arrivedSince(log.nowMs - WINDOW_MS), this.#reached - MARKED_AGAIN);
    return Math.max(Math.min(this.#reached, marked), log.end - MOST_REPLAYED);
  }

  /** Takes where answers are known: clicks on what they did not show count nothing; and where they are logged, from which the next start will know them. */
  useAnswers(answers: KnownAnswers, logged: LoggedAnswers | null = null): void {
    this.#answers = answers;
    this.#logged = logged;
  }

  /** An event is told as accepted when the answer that it is about is logged: after the process ended, it counts as it did before. */
  settle(): Promise<void> | null {
    if (!this.#needsLogged) return null;
    this.#needsLogged = false;
    return this.#logged?.settled() ?? null;
  }

  /** Remembers what was typed (normalised) for a request whose events may come; to be told once of each. */
  noteRequest(requestId: string, typed: string): void {
    this.#typed.add(requestId, this.#hashOf(typed));
  }

  /** Nothing here names a user: see `forgetTraces`. */
  forgetUser(): number {
    return 0;
  }

  /** Forgets the rates of a user's own entries, what they typed, and rates after that. */
  forgetTraces({
    suggestionIds,
    requestIds,
  }: Pick<UserTraces, 'suggestionIds' | 'requestIds'>): number {
    const typed = new Set<number>();
    let removed = 0;
    for (const requestId of requestIds) {
      const hash = this.#typed.get(requestId);
      if (hash !== undefined) typed.add(hash);
      if (this.#typed.delete(requestId)) removed++;
    }
    for (const id of suggestionIds) if (this.#tallies.delete(id)) removed++;
    for (const key of this.#ofPrefix.keys()) {
      const { hash, id } = partsOf(key);
      const isOurs = suggestionIds.has(id) || typed.has(hash);
      if (isOurs && this.#ofPrefix.delete(key)) removed++;
    }
    return removed;
  }

  /** @param offset the one behind the last when absent */
  apply(record: EventRecord, offset = this.#reached): void {
    const isCounted = offset < this.#reached;
    const { event } = record;
    if (isOfSuggestions(event)) {
      this.#count(record, event, isCounted);
      this.#needsLogged = true;
    }
    if (!isCounted) this.#reached = offset + 1;
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
    return this.#ratio(this.#tallies.get(id));
  }

  /** The same after a typed text (normalised). */
  rateAfter(typed: string, id: string): number {
    return this.#ratio(this.#ofPrefix.get(prefixKey(this.#hashOf(typed), id)));
  }

  /** What was shown after a typed text (normalised); undefined where nothing was. The same object until all of it is forgotten. */
  talliesAfter(typed: string): TalliesAfter | undefined {
    return this.#after.size === 0 ? undefined : this.#after.get(this.#hashOf(typed));
  }

  /** What is counted of a suggestion; undefined where nothing is. It counts on until it is gone. */
  tallyOf(id: string): Tally | undefined {
    return this.#tallies.get(id);
  }

  /** The ids of suggestions of which something is counted, as they came to be. */
  get added(): RecentRing<string> {
    return this.#tallies.added;
  }

  /** log2 of the rate of a tally over the usual one. */
  rateOfTally(tally: Tally): number {
    return this.#ratio(tally);
  }

  encode(): Buffer {
    return encodeClickRates({
      ...{ key: this.#key, positionBias: this.#bias, looks: this.#looks, clicks: this.#clicks },
      ...{ tallies: this.#tallies, ofPrefix: this.#ofPrefix },
    });
  }

  /** To be called before the first event. Throws, and counts from nothing, where it is damaged or its looks mean something else. */
  restore(bytes: Buffer, reached: number): void {
    try {
      const content = decodeClickRates(bytes, {
        tally: (...tally) => this.#tallies.put(...tally),
        ofPrefix: (key, ...numbers) => this.#link(key, this.#ofPrefix.put(key, ...numbers)),
      });
      if (content.positionBias !== this.#bias) {
        throw new RangeError(`expected looks by a bias of ${this.#bias}`);
      }
      this.#key = content.key;
      this.#hash = new IdHash(content.key);
      this.#looks = content.looks;
      this.#clicks = content.clicks;
      this.#reached = reached;
      this.#isRestored = true;
    } catch (error) {
      for (const key of this.#tallies.keys()) this.#tallies.delete(key);
      for (const key of this.#ofPrefix.keys()) this.#ofPrefix.delete(key);
      throw error;
    }
  }

  #ratio(tally: Tally | undefined): number {
    if (tally === undefined) return 0;
    const usual = this.#clicks / this.#looks;
    const clicks = tally.clicks + this.#smoothing * usual;
    return Math.log2(clicks / (tally.looks + this.#smoothing) / usual);
  }

  /** @param isCounted whether only who did it is to be remembered */
  #count(record: EventRecord, event: ClickEvent | ImpressionEvent, isCounted: boolean): void {
    const { user, session, arrivedMs } = record;
    const { requestId, atMs } = event;
    const who = user ?? session;
    const person = this.#hashOf(who ?? requestId);
    const part = who === null ? NOBODY : 1;
    const typed = this.#typedIn(requestId);
    const add = (marks: PersonMarks, id: string, level: number, isClick: boolean): void => {
      const what = this.#hashOf(id);
      const once = part * marks.raise(person, what, 0, arrivedMs, level);
      if (once > 0 && !isCounted) this.#add(id, isClick ? 0 : once, isClick ? once : 0, atMs);
      if (typed === undefined) return;
      const after = part * marks.raise(person, what, typed, arrivedMs, level);
      if (after === 0 || isCounted) return;
      this.#addAfter(typed, id, isClick ? 0 : after, isClick ? after : 0, atMs);
    };
    if (event.type === 'impression') {
      for (const { id, position } of event.items) {
        add(this.#looked, id, this.propensityAt(position), false);
      }
    } else if (this.#answers?.shows(requestId, event.id) !== false) {
      add(this.#taken, event.id, 1, true);
    }
  }

  #typedIn(requestId: string): number | undefined {
    const known = this.#typed.get(requestId);
    const text = known === undefined ? this.#answers?.typedIn(requestId) : undefined;
    return text === undefined || text === null ? known : this.#hashOf(text);
  }

  #add(id: string, looks: number, clicks: number, atMs: number): void {
    this.#looks += looks;
    this.#clicks += clicks;
    this.#tallies.add(id, looks, clicks, atMs);
  }

  #addAfter(typed: number, id: string, looks: number, clicks: number, atMs: number): void {
    const key = prefixKey(typed, id);
    this.#link(key, this.#ofPrefix.add(key, looks, clicks, atMs));
  }

  #link(key: string, tally: Tally): void {
    const { hash, id } = partsOf(key);
    let after = this.#after.get(hash);
    if (after === undefined) {
      after = { revision: 0, tallies: new Map() };
      this.#after.set(hash, after);
    }
    if (after.tallies.get(id) === tally) return;
    after.tallies.set(id, tally);
    after.revision++;
  }

  #unlink(key: string): void {
    const { hash, id } = partsOf(key);
    const after = this.#after.get(hash);
    if (after === undefined) return;
    after.tallies.delete(id);
    after.revision++;
    if (after.tallies.size === 0) this.#after.delete(hash);
  }

  /** 53 bits. */
  #hashOf(text: string): number {
    this.#hash.hash(text);
    return this.#hash.high * 2 ** 21 + (this.#hash.low >>> 11);
  }
}

/** Impressions and clicks of what is suggested to who types. */
function isOfSuggestions(event: Event): event is ClickEvent | ImpressionEvent {
  return (event.type === 'impression' || event.type === 'click') && event.surface === 'suggest';
}
