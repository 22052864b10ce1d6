import type { Event } from '../../indexer/events/event.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import { Profile, sessionQueries } from '../../ranking/profiles/profile.ts';
import { updateProfile } from '../../ranking/profiles/update-profile.ts';
import { ClickRates } from '../../serving/personal/click-rates.ts';
import { Enricher } from '../../serving/personal/enricher.ts';
import { LiveCounts } from '../../serving/personal/live-counts.ts';
import { PersonalRanking, readingOf } from '../../serving/personal/personal-ranking.ts';
import type { PersonalRequest } from '../../serving/personal/personal-request.ts';
import type { ProfileReading } from '../../serving/personal/profile-source.ts';
import { Engine } from '../../serving/retrieval/engine.ts';
import { LiveVideos } from '../../serving/surfaces/live/videos/live-videos.ts';
import { VideoQueries } from '../../serving/surfaces/video/video-queries.ts';
import { type Random, randomBelow, seededRandom, weightedDraw } from '../micro/seeded-random.ts';
import { MARKETS, type TimedIndex } from './timed-index.ts';

const START_MS = Date.UTC(2026, 0, 1);
const DAYS = 61;
const DAY_MS = 86_400_000;
/** When all requests come: the last searches were just before. */
export const NOW_MS = START_MS + DAYS * DAY_MS;
const VIDEOS = 100;
const SEARCHES_A_VIDEO = 40;
/** Searches of a user: heavy-tailed, this many times two to the power of 0 to 5. */
const LEAST_SEARCHES = 20;
const REPEATED = 0.4;
/** Searches for what no completion is. */
const UNKNOWN = 0.15;
/** After each key, so many go on typing: of what is typed, shorter texts are asked for more often. */
const TYPE_ON = 0.85;
const LENGTHS = [1, 2, 3, 4, 5];
const WITH_SESSION = 0.5;
const WITH_VIDEO = 0.2;
const OWN_WANTED = 0.45;

interface Person {
  readonly name: string;
  readonly market: string;
  readonly profile: Profile;
  reading: ProfileReading;
  events: number;
}

/** A request that is timed, and whose it is. */
export interface TimedRequest extends PersonalRequest {
  readonly person: number;
}

/** People whose profiles are in memory after many events, folded as a server folds them, with what else a server counts. */
export class TimedPeople {
  readonly ranking: PersonalRanking;
  readonly snapshot: TimedIndex & { readonly engine: Engine };
  readonly #random: Random;
  readonly #enricher = new Enricher();
  readonly #counts = new LiveCounts();
  readonly #clicks = new ClickRates();
  readonly #people: readonly Person[];
  readonly #seen = new Set<string>();
  readonly #drawLength = weightedDraw(LENGTHS.map((length) => TYPE_ON ** (length - 1)));

  constructor(index: TimedIndex, users: number, seed: number) {
    const { segment, manifest } = index;
    this.#random = seededRandom(seed);
    this.snapshot = { segment, manifest, engine: new Engine(segment, manifest) };
    this.#enricher.useSnapshot('timed', index);
    this.#counts.useSnapshot(segment);
    const live = new LiveVideos();
    const videos = new VideoQueries(live);
    videos.useSnapshot(index);
    this.#searchWithVideos(live);
    this.ranking = new PersonalRanking({
      live: { videos, fresh: null },
      states: { counts: this.#counts, clicks: this.#clicks },
    });
    this.ranking.faceOf(this.snapshot);
    this.#people = Array.from({ length: users }, (_, user) => this.#live(user));
  }

  /** Requests, each of another person than the one before. */
  drawRequests(count: number): TimedRequest[] {
    return Array.from({ length: count }, (_, i) => this.#drawRequest(i % this.#people.length));
  }

  /** What somebody else would ask by typing the same. */
  byAnother(request: TimedRequest): TimedRequest {
    const person = (request.person + 1) % this.#people.length;
    const { name, reading } = this.#people[person]!;
    return { ...request, person, reading, ownerHash: name, session: null, video: null };
  }

  /** A request of the same user for a text that was not asked for so far: longer than most. */
  drawUnseen({ person }: TimedRequest): TimedRequest {
    for (;;) {
      const wanted = this.#drawRequest(person, LENGTHS.length + 3);
      const key = `${wanted.market} ${wanted.typed}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      return wanted;
    }
  }

  /** Shows an answer and takes a suggestion of it, as clients tell of it. */
  showAnswer(request: TimedRequest, requestId: string): void {
    const answer = this.ranking.answer(this.snapshot, request);
    if (answer === null || answer.suggestions.length === 0) return;
    this.#clicks.noteRequest(requestId, answer.normalised);
    const items = answer.suggestions.map(({ id }, i) => ({ id, position: i + 1 }));
    const shown = {
      eventId: `${requestId}s`,
      atMs: NOW_MS,
      requestId,
      surface: 'suggest',
    } as const;
    this.#clicks.apply(recordOf({ type: 'impression', ...shown, items }));
    const taken = items[randomBelow(this.#random, items.length)];
    if (taken !== undefined) this.#clicks.apply(recordOf({ type: 'click', ...shown, ...taken }));
  }

  /** The same request after its user searched once more, a moment ago. */
  afterSearch(request: TimedRequest): TimedRequest {
    const person = this.#people[request.person]!;
    this.#search(person, this.#drawQuery(person), NOW_MS - 1_000 + (person.events % 1_000));
    const isSessionKnown = request.session !== null;
    return {
      ...request,
      reading: person.reading,
      session: isSessionKnown ? sessionOf(person) : null,
    };
  }

  #live(user: number): Person {
    const random = this.#random;
    const market = MARKETS[Math.floor(MARKETS.length * random() ** 2)] ?? MARKETS[0];
    const profile = new Profile();
    const person = { name: `u${user}`, market, profile, reading: readingOf(profile), events: 0 };
    const searches = Math.round(LEAST_SEARCHES * 2 ** (5 * random()));
    for (let search = 0; search < searches; search++) {
      const share = (search + random()) / searches;
      const atMs = Math.floor(START_MS + share * DAYS * DAY_MS);
      this.#search(person, this.#drawQuery(person), atMs - (atMs % 60_000));
    }
    // The session that goes on.
    for (let left = 3; left > 0; left--) {
      this.#search(person, this.#drawQuery(person), NOW_MS - left * 120_000);
    }
    return person;
  }

  #search(person: Person, query: string, atMs: number): void {
    const eventId = `${person.name}-${person.events++}`;
    const record = recordOf({ type: 'search', eventId, atMs, query }, person.name, person.market);
    const enriched = this.#enricher.enrich(record);
    const whole = enriched === null ? record : { ...record, enriched };
    updateProfile(person.profile, whole);
    this.#counts.apply(whole);
    // As a keeper's: one reading a profile, whose revision goes up.
    person.reading = Object.assign(person.reading, { revision: person.reading.revision + 1 });
  }

  #drawQuery({ profile, market }: Person): string {
    const random = this.#random;
    const { history } = profile;
    if (history.length > 0 && random() < REPEATED) {
      return history[Math.floor(history.length * random() ** 2)]!.surface;
    }
    const text = this.#drawText(market);
    return random() < UNKNOWN ? `${text} ${randomBelow(random, 1_000)}x` : text;
  }

  /** Popular ones of the market rather, as they are asked. */
  #drawText(market: string): string {
    const { segment } = this.snapshot;
    const view = segment.markets.get(market) ?? segment.all;
    return segment.surfaceText(view.idOf(Math.floor(view.size * this.#random() ** 3)));
  }

  /** @param longest letters; of the lengths that are usual when absent */
  #drawRequest(number: number, longest: number | null = null): TimedRequest {
    const random = this.#random;
    const person = this.#people[number]!;
    const { history } = person.profile;
    const own = history[Math.floor(Math.min(40, history.length) * random())]?.normalised;
    const wanted = own !== undefined && random() < OWN_WANTED ? own : this.#drawText(person.market);
    const length =
      longest === null ? LENGTHS[this.#drawLength(random)]! : randomBelow(random, longest) + 1;
    const typed = [...wanted].slice(0, length).join('');
    const market = random() < 0.1 ? 'und' : person.market;
    if (longest === null) this.#seen.add(`${market} ${typed}`);
    return {
      ...{ person: number, typed, limit: 10, market },
      ownerHash: person.name,
      reading: person.reading,
      session: random() < WITH_SESSION ? sessionOf(person) : null,
      video: random() < WITH_VIDEO ? `v${randomBelow(random, VIDEOS)}` : null,
      nowMs: NOW_MS,
    };
  }

  #searchWithVideos(live: LiveVideos): void {
    let offset = 0;
    for (let video = 0; video < VIDEOS; video++) {
      const market = MARKETS[video % MARKETS.length] ?? MARKETS[0];
      for (let search = 0; search < SEARCHES_A_VIDEO; search++) {
        const query = this.#drawText(market);
        const atMs = NOW_MS - (SEARCHES_A_VIDEO - search) * 60_000;
        const event = { type: 'search', eventId: `v${offset}`, atMs, query, video: `v${video}` };
        live.apply(recordOf(event as Event, `viewer${search}`, market), offset++);
      }
    }
  }
}

function sessionOf({ profile }: Person): PersonalRequest['session'] {
  const queries = sessionQueries(profile, NOW_MS, 5).map(({ normalised }) => normalised);
  return { queries, videos: [] };
}

function recordOf(event: Event, user: string | null = null, market = 'und'): EventRecord {
  return { event, arrivedMs: event.atMs, user, session: null, market };
}
