import type { Burst } from './bursts.ts';
import type { SimulatedVideo } from './catalogue.ts';
import type { Intent, LogRow, RowKind } from './day-log.ts';
import * as parameters from './parameters.ts';
import { PLANTED_KEY, type QueryCode, topicOfKey } from './phrase.ts';
import type { Random } from './random.ts';
import { KEYSTROKE_MS } from './search-box.ts';
import { cutTrace, dress, mistype } from './typing.ts';
import type { UserDayParts, Visit } from './visit.ts';
import { makeWish, type Wish } from './wish.ts';

/** What a row says besides who, where and when. */
interface Entry {
  readonly query: string;
  readonly kind: RowKind;
  readonly intent: Intent;
  readonly topic: number;
  readonly wanted: string;
  readonly onScreen: SimulatedVideo | null;
  readonly opened: SimulatedVideo | null;
}

/** Makes searches, from the wish to the committed row, with all that real logs hold around it. */
export class Searches {
  /** Where the rows go; the day's owner sets both at the start of each day. */
  rows: LogRow[] = [];
  activeBursts: readonly Burst[] = [];
  private readonly parts: UserDayParts;
  private readonly random: Random;

  constructor(parts: UserDayParts, random: Random) {
    this.parts = parts;
    this.random = random;
  }

  search(visit: Visit): void {
    const { random } = this;
    const { catalogue, phrasebook, searchBox } = this.parts;
    // A third of the videos on screen have nothing to do with the search: they are there to mislead.
    const onScreen = random.chance(parameters.SEARCHES_FROM_VIDEO * 1.5)
      ? catalogue.pick(random, visit.language, visit.topic, visit.clockMs)
      : null;
    if (random.chance(parameters.BROWSES) && this.browse(visit, onScreen)) return;
    const wish = makeWish(random, this.parts, this.activeBursts, visit, onScreen);
    const wanted = phrasebook.write(wish.code.key, wish.code.variant);
    const picked = searchBox.typeTowards(random, visit, wanted, visit.clockMs);
    if (picked === null) {
      this.typeOut(visit, wish, wanted, onScreen);
      return;
    }
    this.logTrace(visit, wanted, picked.typedLength, onScreen);
    visit.clockMs += picked.typedLength * KEYSTROKE_MS + 600 + random.below(1500);
    this.commit(visit, wish, wanted, wanted, onScreen);
  }

  /** A prefix that is typed and left at that. */
  abandon(visit: Visit): void {
    const { random } = this;
    const code = this.parts.universe.draw(random, 'tail', visit.language, visit.topic);
    const wanted = this.parts.phrasebook.write(code.key, code.variant);
    const typed = [...wanted].slice(0, 2 + random.below(5)).join('');
    visit.clockMs += 20_000 + random.below(60_000);
    this.log(visit, visit.clockMs, {
      query: typed.trimEnd(),
      kind: 'abandoned',
      intent: 'none',
      topic: -1,
      wanted,
      onScreen: null,
      opened: null,
    });
  }

  /** Typing to the end, now and then with a slip. */
  private typeOut(visit: Visit, wish: Wish, wanted: string, onScreen: SimulatedVideo | null): void {
    const { random } = this;
    const typed = random.chance(parameters.MISTYPES) ? mistype(random, wanted) : wanted;
    const length = [...typed].length;
    this.logTrace(visit, typed, length, onScreen);
    visit.clockMs += length * KEYSTROKE_MS + random.below(900);
    if (typed === wanted) {
      this.commit(visit, wish, wanted, dress(random, wanted), onScreen);
      return;
    }
    const topic = topicOf(wish.code, visit);
    const slip = { query: typed, kind: 'search', intent: 'mistyped', topic, wanted } as const;
    this.log(visit, visit.clockMs, { ...slip, onScreen, opened: null });
    if (!random.chance(parameters.CORRECTS)) return;
    visit.clockMs += 4000 + random.below(15_000);
    this.commit(visit, { code: wish.code, intent: 'correction' }, wanted, wanted, onScreen);
  }

  private browse(visit: Visit, onScreen: SimulatedVideo | null): boolean {
    const { random } = this;
    const { universe, phrasebook, searchBox } = this.parts;
    const idea = universe.draw(random, 'head', visit.language, visit.topic);
    const text = phrasebook.write(idea.key, idea.variant);
    const picked = searchBox.browse(random, visit, text, visit.clockMs);
    if (picked === null) return false;
    visit.clockMs += picked.typedLength * KEYSTROKE_MS + 900 + random.below(2500);
    const { suggestion } = picked;
    const wish: Wish = { code: suggestion, intent: 'browse' };
    this.commit(visit, wish, suggestion.text, suggestion.text, onScreen);
    return true;
  }

  private commit(
    visit: Visit,
    { code, intent }: Wish,
    wanted: string,
    query: string,
    onScreen: SimulatedVideo | null,
  ): void {
    const { random } = this;
    const topic = topicOf(code, visit);
    const opened = random.chance(0.5)
      ? this.parts.catalogue.pick(random, visit.language, topic, visit.clockMs)
      : null;
    const entry: Entry = { query, kind: 'search', intent, topic, wanted, onScreen, opened };
    this.log(visit, visit.clockMs, entry);
    this.parts.population.memoryOf(visit.user).remember(code.key, code.variant);
    visit.last = code;
    if (!random.chance(parameters.TURNS_PAGE)) return;
    visit.clockMs += 5000 + random.below(60_000);
    this.log(visit, visit.clockMs, { ...entry, kind: 'page', intent: 'none', opened: null });
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
      this.log(visit, visit.clockMs + cut * KEYSTROKE_MS, {
        query: random.chance(0.06) ? mistype(random, typed) : typed,
        kind: 'trace',
        intent: 'none',
        topic: -1,
        wanted: text,
        onScreen,
        opened: null,
      });
    }
  }

  private log(visit: Visit, atMs: number, entry: Entry): void {
    this.rows.push({
      atMs,
      user: visit.name,
      session: visit.session,
      query: entry.query,
      market: visit.market,
      video: entry.onScreen === null ? '' : entry.onScreen.id,
      clicked: entry.opened === null ? '' : entry.opened.id,
      kind: entry.kind,
      intent: entry.intent,
      topic: entry.topic,
      wanted: entry.wanted,
    });
  }
}

function topicOf(code: QueryCode, visit: Visit): number {
  return code.key >= PLANTED_KEY ? visit.topic : topicOfKey(code.key);
}
