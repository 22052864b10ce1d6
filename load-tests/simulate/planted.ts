import * as parameters from './parameters.ts';
import { encodeKey, type Phrasebook, skewed } from './phrase.ts';
import { openStream, type Random } from './random.ts';
import { readBlockedTerms } from './vocabulary/blocklist.ts';
import { LANGUAGES, MARKETS } from './vocabulary/languages.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What must never be suggested, and the bots: planted searches by known users on known days. */
export type PlantKind = 'personal' | 'unsafe' | 'bot';

export interface PlantedText {
  readonly kind: PlantKind;
  /** For personal data: email, phone, card, digits or credentials; for unsafe text its language; `flood` for bots. */
  readonly what: string;
  readonly text: string;
  readonly market: string;
  /** Indexes of the users who search it; bots have indexes from `users` on. */
  readonly users: readonly number[];
  readonly rows: number;
}

/** One planted row, to be written on its day. */
export interface PlantedSearch {
  readonly plant: PlantedText;
  readonly user: number;
  /** Milliseconds after midnight. */
  readonly offsetMs: number;
}

export interface Plants {
  readonly texts: readonly PlantedText[];
  readonly searchesOfDay: (day: number) => readonly PlantedSearch[];
}

const PERSONAL_TEXTS = 60;
const UNSAFE_TEXTS = 48;
/** Enough people for the threshold of distinct users, so that only the patterns can keep such a text out. */
const MANY_USERS = 12;

/** Plants personal data and unsafe texts, half of them searched by many users, and floods by single bots. */
export function plant(
  options: parameters.WorldOptions,
  vocabulary: Vocabulary,
  phrasebook: Phrasebook,
): Plants {
  const days: PlantedSearch[][] = Array.from({ length: options.days }, () => []);
  const texts: PlantedText[] = [];
  const add = (
    random: Random,
    kind: PlantKind,
    what: string,
    text: string,
    market: string,
    users: readonly number[],
    rowsEach: number,
  ): void => {
    const planted: PlantedText = { kind, what, text, market, users, rows: users.length * rowsEach };
    texts.push(planted);
    for (const user of users) {
      const day = random.below(options.days);
      for (let row = 0; row < rowsEach; row++) {
        const spreadDay = kind === 'bot' ? day : random.below(options.days);
        days[spreadDay]!.push({ plant: planted, user, offsetMs: random.below(parameters.DAY_MS) });
      }
    }
  };
  const someUsers = (random: Random, many: boolean): readonly number[] => {
    const count = Math.min(options.users, many ? MANY_USERS : 1);
    const users = new Set<number>();
    while (users.size < count) users.add(random.below(options.users));
    return [...users];
  };

  for (let i = 0; i < PERSONAL_TEXTS; i++) {
    const random = openStream(options.seed, 'personal', i);
    const { what, text } = inventPersonal(random, i);
    const many = i % 2 === 0;
    add(random, 'personal', what, text, 'en-US', someUsers(random, many), many ? 1 : 3);
  }
  for (let i = 0; i < UNSAFE_TEXTS; i++) {
    const random = openStream(options.seed, 'unsafe', i);
    const market = MARKETS[i % MARKETS.length]!;
    const term = random.pick(readBlockedTerms(market.language));
    const words = vocabulary.words[LANGUAGES.indexOf(market.language)]![random.below(40)]!;
    const text = i % 3 === 0 ? `${term} ${words.things[0]!.text}` : term;
    const many = i % 4 !== 0;
    add(random, 'unsafe', market.language, text, market.tag, someUsers(random, many), many ? 1 : 3);
  }
  const bots = Math.max(1, Math.round(options.users / 1500));
  for (let i = 0; i < bots; i++) {
    const random = openStream(options.seed, 'bot', i);
    const floods = 1 + Math.floor(options.days / 20);
    const key = encodeKey(0, random.below(vocabulary.topicShares.length), 0);
    const things = phrasebook.wordsOf(key).things;
    for (let flood = 0; flood < floods; flood++) {
      const thing = things[skewed(random, things.length)]!.text;
      const text = random.pick([
        `buy ${thing} followers cheap`,
        `${thing} free coins code ${1000 + random.below(9000)}`,
        `${thing} promo ${random.below(100)} off`,
      ]);
      add(random, 'bot', 'flood', text, 'en-US', [options.users + i], 150 + random.below(450));
    }
  }
  return { texts, searchesOfDay: (day) => days[day] ?? [] };
}

/** Invented personal data, in ranges that are reserved for examples where such ranges exist. */
function inventPersonal(
  random: Random,
  i: number,
): { readonly what: string; readonly text: string } {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => random.below(10)).join('');
  const name = `${random.pick(['nora', 'liam', 'eva', 'max', 'iris', 'noel', 'tara', 'hugo'])}.${random.pick(['lane', 'stone', 'field', 'brook', 'hale', 'west'])}`;
  switch (i % 5) {
    case 0:
      return {
        what: 'email',
        text: `${random.pick(['', 'mail to ', 'who is '])}${name}${random.below(90) + 10}@example.${random.pick(['com', 'org', 'net'])}`,
      };
    case 1:
      return {
        what: 'phone',
        text: random.pick([
          `+1 ${200 + random.below(700)} 555 01${digits(2)}`,
          `(${200 + random.below(700)}) 555-01${digits(2)}`,
          `call +44 7700 900${digits(3)}`,
        ]),
      };
    case 2: {
      const body = `4${digits(14)}`;
      const card = body + luhnDigit(body);
      return {
        what: 'card',
        text: random.chance(0.5)
          ? card
          : (card.match(/.{4}/g) ?? []).join(random.chance(0.5) ? ' ' : '-'),
      };
    }
    case 3:
      return {
        what: 'digits',
        text: `${random.pick(['account ', 'order ', ''])}${1 + random.below(9)}${digits(11 + random.below(3))}`,
      };
    default:
      return {
        what: 'credentials',
        text: `https://${name}:${random.pick(['hunter', 'secret', 'letmein'])}${digits(2)}@example.com/login`,
      };
  }
}

/** The last digit that makes a number pass Luhn's check (ISO/IEC 7812-1, annex B). */
export function luhnDigit(body: string): string {
  let sum = 0;
  [...body].reverse().forEach((digit, i) => {
    const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return String((10 - (sum % 10)) % 10);
}
