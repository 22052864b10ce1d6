import { normalise } from '../../../dictionaries/normalise.ts';
import { readSearchedText, type SearchedText } from '../../../dictionaries/searched-text.ts';
import { stableHash } from '../../../dictionaries/stable-hash.ts';
import { creatorOf } from '../../../indexer/events/event.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { searchedTextOf } from '../../../indexer/events/searched-event.ts';
import type { EventListener, ReplayedLog } from '../../events/event-listener.ts';
import type { PersonalStore, UserTraces } from '../../events/personal-store.ts';
import { MOST_REPLAYED } from '../../events/replay-bound.ts';
import { RecentlyUsed } from '../../recently-used.ts';
import type { MarketChoice } from '../../retrieval/market-choice.ts';
import type { EngineAnswer } from '../../suggest-engine.ts';
import type { FreshCandidate } from './fresh-candidate.ts';
import { FreshIndex } from './fresh-index.ts';
import { FreshLookup } from './fresh-lookup.ts';
import { mergeFresh } from './fresh-merge.ts';
import type { FreshSnapshot } from './fresh-snapshot.ts';
import { FreshTally } from './fresh-tally.ts';
import { Keystrokes } from './keystrokes.ts';
import type { TrendingStore } from './trending-store.ts';

/** Texts whose people are counted, some 400 bytes each, and those that have enough of them, some 2 KB each with their index. */
const DEFAULT_COUNTED = 65_536;
const DEFAULT_SHOWN = 4_096;
/** Tags of one video that are read. */
const MOST_TAGS = 32;

export interface FreshCompletionsOptions {
  readonly trending: Pick<TrendingStore, 'trendingIn'>;
  /** The server's time. */
  readonly nowMs: () => number;
  /** Texts whose people are counted; those searched longest ago go first. */
  readonly counted?: number;
  /** Texts that can be found. */
  readonly shown?: number;
}

interface CountedSearch {
  readonly normalised: string;
  readonly atMs: number;
  readonly market: string;
}

/**
 * What enough distinct users searched since, that the snapshot lacks: found by what is typed from the event on that makes it enough. Counted per market, as completions
 * are; sessions and searches of nobody count for no user. Also tags of new videos, from as many distinct creators. Nothing with personal data is held, nothing that the blocklist
 * names is found, and what a snapshot has is its own from then on. Memory is bounded.
 */
export class FreshCompletions implements EventListener, PersonalStore {
  readonly name = 'fresh';
  readonly #options: FreshCompletionsOptions;
  /** By market and form: what has too few people yet. */
  readonly #counted: RecentlyUsed<FreshTally>;
  readonly #shown: FreshIndex<FreshTally>;
  readonly #keystrokes = new Keystrokes<CountedSearch>();
  readonly #lookup: FreshLookup;
  #snapshot: FreshSnapshot | null = null;

  constructor(options: FreshCompletionsOptions) {
    this.#options = options;
    this.#counted = new RecentlyUsed({ most: options.counted ?? DEFAULT_COUNTED });
    this.#shown = new FreshIndex({
      most: options.shown ?? DEFAULT_SHOWN,
      levelOf: (tally) => tally.levelBy(this.#snapshot ?? { halfLifeDays: 0 }),
    });
    this.#lookup = new FreshLookup(this.#shown, options);
  }

  /** Texts that can be found, over all markets. */
  get size(): number {
    return this.#shown.size;
  }

  /** Nothing of it outlives the process: what was searched lately. */
  replayFrom({ end }: ReplayedLog): number {
    return end - MOST_REPLAYED;
  }

  /** Takes the snapshot that answers from now on; what it has, or what has too few people for it, is found here no longer. */
  useSnapshot(snapshot: FreshSnapshot): void {
    this.#snapshot = snapshot;
    this.#lookup.useSnapshot(snapshot);
    this.#shown.reorder();
    for (const [key, tally] of [...this.#shown.values()]) {
      const isHeld = snapshot.holds(tally.normalised, snapshot.choose(tally.market));
      if (isHeld || tally.people < snapshot.minUsers) this.#shown.remove(key);
    }
  }

  apply({ event, user, market }: EventRecord): void {
    const snapshot = this.#snapshot;
    if (snapshot === null) return;
    if (event.type === 'video') {
      const creator = stableHash(creatorOf(event));
      for (const tag of new Set(event.tags?.slice(0, MOST_TAGS) ?? [])) {
        const text = readTag(tag);
        if (text !== null) this.#count('entity', text, creator, market, event.atMs, snapshot);
      }
    }
    if (event.type !== 'search' || user === null) return;
    const text = searchedTextOf(event);
    if (text === null) return;
    const search = { normalised: text.normalised, atMs: event.atMs, market };
    const unfinished = this.#keystrokes.note(user, search);
    if (unfinished !== null) this.#takeBack(unfinished, stableHash(user), snapshot);
    this.#count('query', text, stableHash(user), market, event.atMs, snapshot);
  }

  /** Differs whenever `complete` may make another answer of a text as typed; 0 while it changes none. A lookup. */
  versionFor(typed: string, market: string): string {
    const version = this.#shown.size === 0 ? 0 : this.#shown.versionFor(normalise(typed));
    if (version === 0) return '0';
    return `${version}.${this.#options.trending.trendingIn(market, this.#options.nowMs()).version}`;
  }

  /** What is found for a normalised typed text in a market of the snapshot; see `FreshLookup`. */
  find(typed: string, choice: MarketChoice, limit: number): readonly FreshCandidate[] {
    return this.#lookup.find(typed, choice, limit);
  }

  /** An answer of the snapshot's engine with what is fresh in it: among its direct matches by score, or in the slots that it leaves free. */
  complete(answer: EngineAnswer, limit: number): EngineAnswer {
    const snapshot = this.#snapshot;
    const { normalised } = answer;
    if (snapshot === null || this.#shown.versionFor(normalised) === 0) return answer;
    const choice = snapshot.choose(answer.market);
    const candidates = this.find(normalised, choice, limit);
    if (candidates.length === 0) return answer;
    const { fillsOnly } = snapshot;
    return mergeFresh(answer, candidates, {
      ...{ limit, fillsOnly, topLogScore: snapshot.topLogScore(choice) },
    });
  }

  exportUser(user: string): unknown {
    const person = stableHash(user);
    const tallies = [
      ...Array.from(this.#counted.entries(), ([, each]) => each).reverse(),
      ...[...this.#shown.values()].map(([, each]) => each),
    ];
    const queries = tallies.filter((tally) => tally.has(person)).map(({ surface }) => surface);
    return queries.length === 0 ? null : queries;
  }

  /** Takes a user out of all counts; what has too few people then is found no longer. */
  forgetUser(user: string): number {
    const unfinished = this.#keystrokes.forget(user) ? 1 : 0;
    return unfinished + this.#forgetPerson(stableHash(user), () => true);
  }

  /** Takes the creators of a user's videos out of the counts of their tags: an event that is erased counts for nothing. */
  forgetTraces({ tags }: Pick<UserTraces, 'tags'>): number {
    let removed = 0;
    for (const [creator, theirs] of tags) {
      const forms = new Set(Array.from(theirs, (tag) => readTag(tag)?.normalised));
      const isTag = ({ kind, normalised }: FreshTally) =>
        kind === 'entity' && forms.has(normalised);
      removed += this.#forgetPerson(stableHash(creator), isTag);
    }
    return removed;
  }

  #forgetPerson(person: number, isMeant: (tally: FreshTally) => boolean): number {
    let removed = 0;
    for (const [key, tally] of [...this.#counted.entries()]) {
      if (!isMeant(tally) || !tally.remove(person)) continue;
      removed++;
      // A text of nobody else's is nobody's to keep.
      if (tally.people === 0) this.#counted.delete(key);
    }
    for (const [key, tally] of [...this.#shown.values()]) {
      if (!isMeant(tally) || !tally.remove(person)) continue;
      removed++;
      this.#settle(key, tally, this.#snapshot?.minUsers ?? 1);
    }
    return removed;
  }

  #count(
    kind: 'query' | 'entity',
    text: SearchedText,
    person: number,
    market: string,
    atMs: number,
    snapshot: FreshSnapshot,
  ): void {
    const choice = snapshot.choose(market);
    if (snapshot.holds(text.normalised, choice)) return;
    const key = keyOf(kind, choice.market, text.normalised);
    const shown = this.#shown.get(key);
    const counted = shown === undefined ? this.#counted.get(key) : undefined;
    const tally = shown ?? counted ?? new FreshTally(kind, choice.market, text);
    tally.add(person, text.surface, atMs, snapshot);
    if (shown !== undefined) this.#shown.touch(key);
    else if (tally.people < snapshot.minUsers) {
      if (counted === undefined) this.#counted.set(key, tally);
    } else {
      this.#counted.delete(key);
      this.#shown.put(key, tally);
    }
  }

  #takeBack({ normalised, market }: CountedSearch, person: number, snapshot: FreshSnapshot): void {
    const key = keyOf('query', snapshot.choose(market).market, normalised);
    this.#counted.peek(key)?.remove(person);
    const shown = this.#shown.get(key);
    if (shown?.remove(person)) this.#settle(key, shown, snapshot.minUsers);
  }

  /** After people were taken out of what can be found. */
  #settle(key: string, tally: FreshTally, minUsers: number): void {
    if (tally.people >= minUsers) {
      this.#shown.touch(key);
      return;
    }
    this.#shown.remove(key);
    this.#counted.set(key, tally);
  }
}

/** A tag as a text that is searched; null for none. */
function readTag(tag: string): SearchedText | null {
  return readSearchedText(tag.replace(/^[#＃]/u, ''));
}

function keyOf(kind: 'query' | 'entity', market: string, form: string): string {
  return `${kind} ${market} ${form}`;
}
