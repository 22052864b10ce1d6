import { burstShare } from './bursts.ts';
import type { DayLog, ImpressionRow, LogRow, WatchRow } from './day-log.ts';
import { AliasTable, drawPoisson } from './distributions.ts';
import * as parameters from './parameters.ts';
import { nameUser } from './population.ts';
import { Random, streamKey } from './random.ts';
import { Searches } from './search.ts';
import type { UserDayParts, Visit } from './visit.ts';
import { MARKETS } from './vocabulary/languages.ts';

/** Activity by hour of the local day. */
const HOURS = new AliasTable([
  3, 2, 1, 1, 1, 1, 2, 4, 5, 5, 5, 6, 7, 6, 6, 6, 7, 8, 9, 11, 12, 12, 9, 6,
]);

/** Lives users' days: sessions of watching and searching, in the order of time, onto a day's log. */
export class UserDays {
  private readonly parts: UserDayParts;
  private readonly random = new Random(0);
  private readonly searches: Searches;
  private readonly watchRandom = new Random(0);
  private readonly dayKey: number;
  private readonly watchKey: number;
  private impressions: ImpressionRow[] = [];
  private watches: WatchRow[] = [];
  private dayEndMs = 0;

  constructor(parts: UserDayParts) {
    this.parts = parts;
    this.searches = new Searches(parts, this.random);
    this.dayKey = streamKey(parts.options.seed, 'user-day');
    this.watchKey = streamKey(parts.options.seed, 'watch');
  }

  /** All users' rows of a day, user by user. */
  live(day: number, dayStartMs: number): { rows: LogRow[] } & DayLog {
    const rows: LogRow[] = [];
    this.searches.rows = rows;
    this.impressions = [];
    this.watches = [];
    this.dayEndMs = dayStartMs + parameters.DAY_MS;
    this.searches.activeBursts = this.parts.bursts.filter(
      (burst) =>
        burst.startMs < this.dayEndMs && burstShare(burst, Math.max(dayStartMs, burst.startMs)) > 0,
    );
    for (let user = 0; user < this.parts.population.count; user++)
      this.liveUser(user, day, dayStartMs);
    return { rows, impressions: this.impressions, watches: this.watches };
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
      this.searches.search(visit);
    }
    if (random.chance(parameters.ABANDONS) && visit.last !== null) this.searches.abandon(visit);
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
}
