import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { normalise } from '../../dictionaries/normalise.ts';
import { exemptions } from '../../dictionaries/safety/blocklist-exemptions.ts';
import { readBlockedTerms } from '../../load-tests/simulate/vocabulary/blocklist.ts';
import { LANGUAGES } from '../../load-tests/simulate/vocabulary/languages.ts';
import { createWorld, type World } from '../../load-tests/simulate/world.ts';
import { writeWorld } from '../../load-tests/simulate/write-world.ts';

/** A text that must never be shown, and what of it must not be shown even alone. */
export interface Planted {
  readonly text: string;
  /** Answers whether a shown text reveals it. */
  readonly isRevealedBy: (shown: string) => boolean;
}

/** More than the threshold of distinct users: only the patterns can keep a text out. */
const MANY = 12;
const FEWEST_TELLING_DIGITS = 7;

/** Searches that are safe, and lead to and from each planted text. */
export const BRIDGES = ['garden gnome workshop', 'bird bath fountain', 'copper kettle review'];

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/[^0-9]/g, '');
const tellingOf = (text: string): string => normalise(text).replace(/[^\p{L}\p{N}]/gu, '');

function personal(text: string, ...secrets: readonly string[]): Planted {
  const digits = digitsOf(text);
  return {
    text,
    isRevealedBy: (shown) =>
      (digits.length >= FEWEST_TELLING_DIGITS && digitsOf(shown).includes(digits)) ||
      normalise(shown) === normalise(text) ||
      secrets.some((secret) => tellingOf(shown).includes(tellingOf(secret))),
  };
}

/** @param word the blocked word, however `text` writes it */
function unsafe(text: string, word: string): Planted {
  const form = normalise(text);
  return {
    text,
    isRevealedBy: (shown) =>
      ` ${normalise(shown)} `.includes(` ${form} `) || tellingOf(shown).includes(word),
  };
}

/** Personal data and blocked words as people write them, and as they hide them. */
export const HAND_MADE: readonly Planted[] = [
  personal('call me at 415 555 2671'),
  personal('(212) 555-0187 text me'),
  personal('+44 7700 900123 whatsapp'),
  personal('Jane Roe 020 7946 0958'),
  personal('４１５ ５５５ ２６７２'),
  personal('jane.roe.private@example.com', 'janeroeprivate'),
  personal('mail to hidden.person+news@example.org', 'hiddenperson'),
  personal('4111 1111 1111 1111'),
  personal('card 5500-0000-0000-0004 exp 12'),
  personal('378282246310005'),
  personal('https://owner:sesamsesam@example.com/login', 'sesamsesam'),
  unsafe('blowjob', 'blowjob'),
  unsafe('ＢＬＯＷＪＯＢ', 'blowjob'),
  unsafe('blow\u200bjob compilation', 'blowjob'),
  unsafe('BlowJob #garden', 'blowjob'),
  unsafe('gnome blowjob', 'blowjob'),
  unsafe('b l o w j o b', 'blowjob'),
  unsafe('b.l.o.w.j.o.b garden', 'blowjob'),
  unsafe('bl0wjob', 'blowjob'),
  unsafe('bl\u043ewjob', 'blowjob'),
  unsafe('blooowjob', 'blowjob'),
  unsafe('blowj*b', 'blowjob'),
  unsafe('b\u0336l\u0336o\u0336w\u0336job', 'blowjob'),
  personal('4.1.5.5.5.5.2.6.7.3'),
  personal('four one five five five five two six seven four'),
  personal('hidden.neighbour [at] example [dot] com', 'hiddenneighbour'),
];

/** What the world planted by itself, but its bots, whose texts harm nobody, and words that the dictionary holds to be everyday ones somewhere. */
export function plantedBy(world: World): readonly Planted[] {
  const exempt = new Set(exemptions.map(normalise));
  const blocked = [...new Set(LANGUAGES.flatMap(readBlockedTerms).map(normalise))].filter(
    (term) => !exempt.has(term),
  );
  return world.plants.texts.flatMap(({ kind, text }) => {
    if (kind === 'bot') return [];
    if (kind === 'personal') {
      const secret = /([\p{L}.]+\d*)@|:([a-z]+\d+)@/u.exec(text)?.[0] ?? '';
      return [tellingOf(secret) === '' ? personal(text) : personal(text, secret)];
    }
    const form = normalise(text);
    const terms = blocked.filter((term) => ` ${form} `.includes(` ${term} `));
    const isRevealedBy = (shown: string) =>
      terms.some((term) => ` ${normalise(shown)} `.includes(` ${term} `));
    return terms.length === 0 ? [] : [{ text, isRevealedBy }];
  });
}

export interface PlantedFiles {
  readonly world: World;
  readonly files: readonly string[];
  /** Videos whose text and searches hold what was planted. */
  readonly videos: readonly string[];
  /** Users who searched it. */
  readonly users: readonly string[];
}

/** Writes a small simulated world with the hand-made texts in queries, sessions, clicks, searches with a video, titles, tags, descriptions and comments. */
export async function writePlantedWorld(folder: string): Promise<PlantedFiles> {
  const world = createWorld({ seed: 5, users: 700, days: 14, taste: 'medium' });
  await writeWorld(world, folder);
  const plantedUser = (user: number) => `planted-${user}`;
  const atOf = (minute: number) =>
    new Date(world.split.heldOutFromMs - 86_400_000 + minute * 60_000).toISOString();
  const searches: string[] = [];
  const videos: string[] = [];
  const comments: string[] = [];
  HAND_MADE.forEach(({ text }, number) => {
    const video = `planted-video-${number}`;
    for (let user = 0; user < MANY; user++) {
      const session = `planted-${number}-${user}`;
      const [first = '', second = '', third = ''] = BRIDGES;
      [first, text, second, text, third].forEach((query, place) => {
        const clicked = `https://planted.example/${number % 3}`;
        searches.push(
          [
            atOf(number * 20 + place),
            plantedUser(user),
            session,
            query,
            'en-US',
            video,
            clicked,
          ].join('\t'),
        );
      });
      comments.push(
        JSON.stringify({
          comment: `${video}-${user}`,
          video,
          user: plantedUser(user),
          text: `look at ${text} and the Garden Gnome Workshop`,
          at: atOf(user),
        }),
      );
    }
    videos.push(
      JSON.stringify({
        video,
        title: `Garden Gnome Workshop ${text}`,
        description: `${text} #garden`,
        tags: [text, 'garden gnome workshop'],
        transcript: `today ${text}`,
        creator: `planted-creator-${number}`,
        market: 'en-US',
        at: atOf(0),
      }),
    );
  });
  await appendFile(path.join(folder, 'queries.tsv'), `${searches.join('\n')}\n`);
  await appendFile(path.join(folder, 'videos.ndjson'), `${videos.join('\n')}\n`);
  await appendFile(path.join(folder, 'comments.ndjson'), `${comments.join('\n')}\n`);
  return {
    world,
    files: ['queries.tsv', 'videos.ndjson', 'comments.ndjson'].map((name) =>
      path.join(folder, name),
    ),
    videos: HAND_MADE.map((_, number) => `planted-video-${number}`),
    users: Array.from({ length: MANY }, (_, user) => plantedUser(user)),
  };
}
