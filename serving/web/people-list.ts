import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { readSearchedText } from '../../dictionaries/searched-text.ts';
import { Keystrokes } from '../surfaces/live/keystrokes.ts';
import type { PersonEvent } from './demo-people.ts';
import type { StaticFile } from './static-files.ts';

/** People with fewer searches have little to show; with more, nobody types that much. */
const LEAST_SEARCHES = 25;
const MOST_SEARCHES = 1_500;
const PEOPLE_A_MARKET = 12;
const TEXTS_SHOWN = 4;

/** Somebody whom the page may pick. */
interface ListedPerson {
  readonly user: string;
  readonly market: string;
  readonly searches: number;
  readonly watched: number;
  /** What they search again and again, most often first. */
  readonly often: readonly string[];
  /** Their last searches, newest first. */
  readonly lately: readonly string[];
}

interface Habits {
  readonly market: string;
  /** Searches by text, the last one last. */
  readonly texts: Map<string, { surface: string; count: number }>;
  searches: number;
  watched: number;
}

interface TypedText {
  readonly normalised: string;
  readonly surface: string;
  readonly atMs: number;
}

/**
 * The people that the demo's page lists, market by market, the one with most of them first, from their own events alone; of each market those come first who go back to what they searched most. Nothing unsafe, and no personal
 * data, stands in it.
 */
export async function readPeopleList(eventsFile: string): Promise<StaticFile> {
  const people = new Map<string, Habits>();
  const typing = new Keystrokes<TypedText>();
  for await (const line of createInterface({ input: createReadStream(eventsFile) })) {
    const event = JSON.parse(line) as PersonEvent;
    const { user, market } = event;
    const habits = people.get(user) ?? { market, texts: new Map(), searches: 0, watched: 0 };
    people.set(user, habits);
    if (event.type === 'watch') habits.watched++;
    else noteSearch(habits, typing, event);
  }
  const listed = [...people]
    .filter(([, { searches }]) => searches >= LEAST_SEARCHES && searches <= MOST_SEARCHES)
    .map(([user, habits]) => describePerson(user, habits))
    .sort((a, b) => b.repeats - a.repeats || (a.person.user < b.person.user ? -1 : 1));
  const byMarket = new Map<string, ListedPerson[]>();
  for (const { person } of listed) {
    const others = byMarket.get(person.market) ?? [];
    others.push(person);
    byMarket.set(person.market, others);
  }
  const markets = [...byMarket].sort(([a, one], [b, other]) =>
    one.length === other.length ? (a < b ? -1 : 1) : other.length - one.length,
  );
  return {
    urlPath: '/assets/people.json',
    contentType: 'application/json; charset=utf-8',
    bytes: Buffer.from(
      JSON.stringify({ people: markets.flatMap(([, each]) => each.slice(0, PEOPLE_A_MARKET)) }),
    ),
  };
}

function noteSearch(habits: Habits, typing: Keystrokes<TypedText>, event: PersonEvent): void {
  const text = readSearchedText(event.query ?? '');
  if (text === null || text.isBlocked) return;
  const { normalised, surface } = text;
  const before = typing.note(event.user, { normalised, surface, atMs: Date.parse(event.at) });
  if (before !== null) takeBack(habits, before.normalised);
  const count = habits.texts.get(normalised)?.count ?? 0;
  // The order of the map is that of the last searches.
  habits.texts.delete(normalised);
  habits.texts.set(normalised, { surface, count: count + 1 });
  habits.searches++;
}

function takeBack(habits: Habits, normalised: string): void {
  const { texts } = habits;
  const known = texts.get(normalised);
  if (known === undefined) return;
  habits.searches--;
  if (known.count === 1) texts.delete(normalised);
  else known.count--;
}

function describePerson(
  user: string,
  { market, texts, searches, watched }: Habits,
): { readonly person: ListedPerson; readonly repeats: number } {
  const lastFirst = [...texts.values()].reverse();
  const repeated = lastFirst.filter(({ count }) => count > 1).sort((a, b) => b.count - a.count);
  const shown = (found: readonly { readonly surface: string }[]) =>
    found.slice(0, TEXTS_SHOWN).map(({ surface }) => surface);
  const repeats = repeated.reduce((sum, { count }) => sum + count - 1, 0);
  const often = shown(repeated);
  return {
    person: { user, market, searches, watched, often, lately: shown(lastFirst) },
    repeats: repeats / searches,
  };
}
