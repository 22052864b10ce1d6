import { type Burst, burstShare } from './bursts.ts';
import type { Catalogue, SimulatedVideo } from './catalogue.ts';
import type { DayLog, ImpressionRow, Intent, LogRow, RowKind, WatchRow } from './day-log.ts';
import { AliasTable, drawPoisson } from './distributions.ts';
import * as parameters from './parameters.ts';
import {
  LONG_VARIANT,
  type Phrasebook,
  PLANTED_KEY,
  type QueryCode,
  topicOfKey,
} from './phrase.ts';
import { nameUser, type Population } from './population.ts';
import { Random, streamKey } from './random.ts';
import { KEYSTROKE_MS, type SearchBox, type Typist } from './search-box.ts';
import { cutTrace, dress, mistype } from './typing.ts';
import type { Universe } from './universe.ts';
import { MARKETS } from './vocabulary/languages.ts';

/** All that a user's day is made of. */
export interface UserDayParts {
  readonly options: parameters.WorldOptions;
  readonly population: Population;
  readonly universe: Universe;
  readonly catalogue: Catalogue;
  readonly phrasebook: Phrasebook;
  readonly searchBox: SearchBox;
  readonly bursts: readonly Burst[];
}

/** Activity by hour of the local day. */
const HOURS = new AliasTable([
  3, 2, 1, 1, 1, 1, 2, 4, 5, 5, 5, 6, 7, 6, 6, 6, 7, 8, 9, 11, 12, 12, 9, 6,
]);

interface Wish {
  readonly code: QueryCode;
  readonly intent: Intent;
}

/** One session under way. */
interface Visit extends Typist {
  clockMs: number;
  topic: number;
  readonly video: SimulatedVideo | null;
  last: QueryCode | null;
}

/** Lives users' days: sessions of watching and searching, in the order of time, onto a day's log. */
export class UserDays {
  private readonly parts: UserDayParts;
  private readonly random = new Random(0);
  private readonly watchRandom = new Random(0);
  private readonly dayKey: number;
  private readonly watchKey: number;
  private rows: LogRow[] = [];
  private impressions: ImpressionRow[] = [];
  private watches: WatchRow[] = [];
  private activeBursts: readonly Burst[] = [];
  private dayEndMs = 0;

  constructor(parts: UserDayParts) {
    this.parts = parts;
    this.dayKey = streamKey(parts.options.seed, 'user-day');
    this.watchKey = streamKey(parts.options.seed, 'watch');
  }

  /** All users' rows of a day, user by user. */
  live(day: number, dayStartMs: number): { rows: LogRow[] } & DayLog {
    this.rows = [];
    this.impressions = [];
    this.watches = [];
    this.dayEndMs = dayStartMs + parameters.DAY_MS;
    this.activeBursts = this.parts.bursts.filter(
      (burst) =>
        burst.startMs < this.dayEndMs && burstShare(burst, Math.max(dayStartMs, burst.startMs)) > 0,
    );
    for (let user = 0; user < this.parts.population.count; user++)
      this.liveUser(user, day, dayStartMs);
    return { rows: this.rows, impressions: this.impressions, watches: this.watches };
  }

  private liveUser(user: number, day: number, dayStartMs: number): void {
    const { random } = this;
    const { population, options } = this.parts;
    random.reseed(this.dayKey, user, day);
    const searches = drawPoisson(random, population.activity[user]!);
    if (searches === 0) return;
    const market = MARKETS[population.markets[user]!]!;
    const sizes: number[] = [];
    for (let left = searches; left > 0; ) {
      let size = 1;
      while (size < left && random.chance(parameters.SESSION_GOES_ON)) size++;
      sizes.push(size);
      left -= size;
    }
    const starts = sizes
      .map(
        () =>
          (((HOURS.draw(random) - market.utcOffsetHours + 24) % 24) + random.unit()) * 3_600_000,
      )
      .sort((a, b) => a - b);
    const name = nameUser(options.seed, user);
    const language = population.languageOf(user);
    let clockMs = 0;
    starts.forEach((start, number) => {
      clockMs = Math.max(clockMs + 60_000, dayStartMs + Math.floor(start));
      const visit: Visit = {
        user,
        name,
        language,
        market: market.tag,
        session: `${name}-${day.toString(36)}${number.toString(36)}`,
        impressions: user < parameters.PANEL_USERS ? this.impressions : null,
        clockMs,
        topic: population.drawTopic(random, user),
        video: null,
        last: null,
      };
      clockMs = this.visit(visit, sizes[number]!, day);
    });
  }

  /** One session; returns when it ended. */
  private visit(visit: Visit, searches: number, day: number): number {
    const { random } = this;
    if (visit.user < parameters.PANEL_USERS) this.watchSome(visit, day);
    for (let i = 0; i < searches; i++) {
      if (i > 0) {
        visit.clockMs += 25_000 + random.below(330_000);
        if (!random.chance(parameters.KEEPS_TOPIC))
          visit.topic = this.parts.population.drawTopic(random, visit.user);
      }
      if (visit.clockMs > this.dayEndMs - 900_000) break;
      this.search(visit);
    }
    if (random.chance(parameters.ABANDONS) && visit.last !== null) this.abandon(visit);
    return visit.clockMs;
  }

  private watchSome(visit: Visit, day: number): void {
    const random = this.watchRandom;
    random.reseed(
      this.watchKey,
      visit.user,
      day * 64 + (visit.session.charCodeAt(visit.session.length - 1) & 63),
    );
    const count = 1 + random.below(4);
    for (let i = 0; i < count; i++) {
      const topic = this.parts.population.drawTopic(random, visit.user);
      const video = this.parts.catalogue.pick(random, visit.language, topic, visit.clockMs);
      if (video === null) continue;
      const seconds = 2 + random.below(58);
      const atMs = visit.clockMs - (count - i) * 61_000;
      this.watches.push({
        atMs,
        user: visit.name,
        session: visit.session,
        market: visit.market,
        video: video.id,
        seconds,
      });
    }
  }

  /** One search from the wish to the committed row, with all that real logs hold around it. */
  private search(visit: Visit): void {
    const { random } = this;
    const onScreen = random.chance(parameters.SEARCHES_FROM_VIDEO * 1.5)
      ? this.parts.catalogue.pick(random, visit.language, visit.topic, visit.clockMs)
      : null;
    if (random.chance(parameters.BROWSES) && this.browse(visit, onScreen)) return;
    const { code, intent } = this.wish(visit, onScreen);
    const wanted = this.parts.phrasebook.write(code.key, code.variant);
    const picked = this.parts.searchBox.typeTowards(random, visit, wanted, visit.clockMs);
    if (picked !== null) {
      this.logTrace(visit, wanted, picked.typedLength, onScreen);
      visit.clockMs += picked.typedLength * KEYSTROKE_MS + 600 + random.below(1500);
      this.commit(visit, wanted, code, intent, wanted, onScreen);
      return;
    }
    const slip = random.chance(parameters.MISTYPES) ? mistype(random, wanted) : wanted;
    this.logTrace(visit, slip, [...slip].length, onScreen);
    visit.clockMs += [...slip].length * KEYSTROKE_MS + random.below(900);
    if (slip === wanted) {
      this.commit(visit, dress(random, wanted), code, intent, wanted, onScreen);
      return;
    }
    this.push(
      visit,
      visit.clockMs,
      slip,
      'search',
      'mistyped',
      topicOf(code, visit),
      wanted,
      onScreen,
      null,
    );
    if (!random.chance(parameters.CORRECTS)) return;
    visit.clockMs += 4000 + random.below(15_000);
    this.commit(visit, wanted, code, 'correction', wanted, onScreen);
  }

  private wish(visit: Visit, onScreen: SimulatedVideo | null): Wish {
    const { random } = this;
    const { universe, population, options } = this.parts;
    if (random.chance(parameters.TASTES[options.taste].refind)) {
      const code = population.memoryOf(visit.user).recall(random);
      if (code !== null) return { code, intent: 'refind' };
    }
    if (onScreen !== null && random.chance(2 / 3)) {
      return { code: onScreen.next[random.below(onScreen.next.length)]!, intent: 'video' };
    }
    for (const burst of this.activeBursts) {
      if (burst.language !== visit.language || !random.chance(burstShare(burst, visit.clockMs)))
        continue;
      return {
        code: { key: PLANTED_KEY + burst.firstText + random.below(burst.texts.length), variant: 0 },
        intent: 'burst',
      };
    }
    if (
      visit.last !== null &&
      visit.last.key < PLANTED_KEY &&
      random.chance(parameters.REFORMULATES)
    ) {
      const variant = random.chance(0.3)
        ? 1 + random.below(1 << 16)
        : (random.uint32() | LONG_VARIANT) >>> 0;
      return { code: { key: visit.last.key, variant }, intent: 'reformulation' };
    }
    const tier = universe.drawTier(random);
    return { code: universe.draw(random, tier, visit.language, visit.topic), intent: tier };
  }

  private browse(visit: Visit, onScreen: SimulatedVideo | null): boolean {
    const { random } = this;
    const { universe, phrasebook, searchBox } = this.parts;
    const idea = universe.draw(random, 'head', visit.language, visit.topic);
    const picked = searchBox.browse(
      random,
      visit,
      phrasebook.write(idea.key, idea.variant),
      visit.clockMs,
    );
    if (picked === null) return false;
    visit.clockMs += picked.typedLength * KEYSTROKE_MS + 900 + random.below(2500);
    const { suggestion } = picked;
    this.commit(visit, suggestion.text, suggestion, 'browse', suggestion.text, onScreen);
    return true;
  }

  private commit(
    visit: Visit,
    query: string,
    code: QueryCode,
    intent: Intent,
    wanted: string,
    onScreen: SimulatedVideo | null,
  ): void {
    const { random } = this;
    const topic = topicOf(code, visit);
    const opened = random.chance(0.5)
      ? this.parts.catalogue.pick(random, visit.language, topic, visit.clockMs)
      : null;
    this.push(visit, visit.clockMs, query, 'search', intent, topic, wanted, onScreen, opened);
    this.parts.population.memoryOf(visit.user).remember(code.key, code.variant);
    visit.last = code;
    if (!random.chance(parameters.TURNS_PAGE)) return;
    visit.clockMs += 5000 + random.below(60_000);
    this.push(visit, visit.clockMs, query, 'page', 'none', topic, wanted, onScreen, null);
  }

  /** Unfinished prefixes at the pauses of typing, within seconds of the search. */
  private logTrace(
    visit: Visit,
    text: string,
    length: number,
    onScreen: SimulatedVideo | null,
  ): void {
    const { random } = this;
    if (!random.chance(parameters.LOGS_TRACE)) return;
    const characters = [...text];
    for (const cut of cutTrace(random, length)) {
      const typed = characters.slice(0, cut).join('').trimEnd();
      const slip = random.chance(0.06) ? mistype(random, typed) : typed;
      this.push(
        visit,
        visit.clockMs + cut * KEYSTROKE_MS,
        slip,
        'trace',
        'none',
        -1,
        text,
        onScreen,
        null,
      );
    }
  }

  private abandon(visit: Visit): void {
    const { random } = this;
    const code = this.parts.universe.draw(random, 'tail', visit.language, visit.topic);
    const wanted = this.parts.phrasebook.write(code.key, code.variant);
    const typed = [...wanted]
      .slice(0, 2 + random.below(5))
      .join('')
      .trimEnd();
    visit.clockMs += 20_000 + random.below(60_000);
    this.push(visit, visit.clockMs, typed, 'abandoned', 'none', -1, wanted, null, null);
  }

  private push(
    visit: Visit,
    atMs: number,
    query: string,
    kind: RowKind,
    intent: Intent,
    topic: number,
    wanted: string,
    onScreen: SimulatedVideo | null,
    opened: SimulatedVideo | null,
  ): void {
    this.rows.push({
      atMs,
      user: visit.name,
      session: visit.session,
      query,
      market: visit.market,
      video: onScreen === null ? '' : onScreen.id,
      clicked: opened === null ? '' : opened.id,
      kind,
      intent,
      topic,
      wanted,
    });
  }
}

function topicOf(code: QueryCode, visit: Visit): number {
  return code.key >= PLANTED_KEY ? visit.topic : topicOfKey(code.key);
}
