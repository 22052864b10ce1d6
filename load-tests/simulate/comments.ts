import type { SimulatedVideo } from './catalogue.ts';
import { skewed } from './phrase.ts';
import { nameUser } from './population.ts';
import { openStream, type Random } from './random.ts';
import { hashtag } from './video-text.ts';
import type { EmojiFinder } from './vocabulary/emoji.ts';
import { LANGUAGES, type Language } from './vocabulary/languages.ts';
import { TOPICS } from './vocabulary/topics.ts';
import type { World } from './world.ts';

/** A line of `comments.ndjson`. */
export interface CommentRow {
  readonly comment: string;
  readonly video: string;
  readonly user: string;
  readonly text: string;
  readonly at: string;
}

/** Where an entity stands in a comment: UTF-16 offsets, half-open, no two overlapping. */
export interface EntitySpan {
  readonly start: number;
  readonly end: number;
  readonly surface: string;
  /** What a link on it should search. */
  readonly query: string;
  readonly type: 'thing' | 'creator' | 'place' | 'hashtag';
}

export interface SimulatedComment {
  readonly row: CommentRow;
  readonly spans: readonly EntitySpan[];
  /** Whether it was given personal data that must never surface. */
  readonly isPersonal: boolean;
}

/** `{o}` a thing, `{c}` a creator, `{p}` a place, `{h}` a hashtag of a thing, `{e}` emoji, `{@}` a handle. */
const COMMENTS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'I tried {o} after this and wow {e}',
    'anyone else here because of {c}?',
    'the best {o} is in {p}, trust me',
    '{o} > {o} fight me',
    'this reminds me of {o} {h}',
    'first {e}{e}',
    'who came from {p} {e}',
    '{@} you need to see this',
    'lol',
    'we need a part 2 with {c} and {o}!!',
    'my dog hates {o} 😂',
    'nobody: … me at 3am: {o}',
    'Can someone explain {o}? {h}',
    'so satisfying {e}',
    '{c} would never 💀',
  ],
  es: [
    'probé {o} y wow {e}',
    '¿alguien vino por {c}?',
    'el mejor {o} está en {p}',
    'prefiero {o} que {o} {h}',
    'jajaja {e}',
    '{@} mira esto',
    'saludos desde {p} {e}',
  ],
  pt: [
    'testei {o} e amei {e}',
    'alguém veio por causa de {c}?',
    'o melhor {o} é em {p}',
    'prefiro {o} do que {o} {h}',
    'kkkkk {e}',
    '{@} olha isso',
    'salve de {p} {e}',
  ],
  de: [
    'hab {o} ausprobiert, wow {e}',
    'noch jemand wegen {c} hier?',
    'bestes {o} gibt es in {p}',
    '{o} ist besser als {o} {h}',
    'haha {e}',
    '{@} schau mal',
    'grüße aus {p} {e}',
  ],
  ja: [
    '{o}やってみました{e}',
    '{c}から来ました',
    '{p}の{o}が一番',
    '{o}より{o}が好き {h}',
    'すごい{e}',
    '{@} これ見て',
  ],
  ko: [
    '{o} 해봤는데 대박 {e}',
    '{c} 보고 온 사람?',
    '{p} {o} 최고',
    '{o}보다 {o} {h}',
    'ㅋㅋㅋㅋ {e}',
    '{@} 이거 봐',
  ],
};

const PER_USER_DAY = 0.1;
const PERSONAL_SHARE = 0.003;

/** The comments of a day, by time: about one for every twenty searches. */
export function* writeComments(
  world: World,
  emoji: EmojiFinder,
  day: number,
  dayStartMs: number,
): Generator<SimulatedComment> {
  const { options, population, catalogue } = world;
  const random = openStream(options.seed, 'comments', day);
  const count = Math.max(1, Math.round(options.users * PER_USER_DAY));
  for (let i = 0; i < count; i++) {
    const atMs = dayStartMs + Math.floor(((i + random.unit()) * 86_400_000) / count);
    const user = random.below(options.users);
    const topic = population.drawTopic(random, user);
    const video = catalogue.pick(random, population.languageOf(user), topic, atMs);
    if (video === null) continue;
    const isPersonal = random.chance(PERSONAL_SHARE);
    const { text, spans } = composeComment(random, world, video, emoji);
    const row: CommentRow = {
      comment: `c${day.toString(36)}-${i.toString(36)}`,
      video: video.id,
      user: nameUser(options.seed, user),
      text: isPersonal
        ? `${text} write me: ${random.pick(['nora', 'max', 'iris'])}${random.below(1000)}@example.net`
        : text,
      at: new Date(atMs).toISOString(),
    };
    yield { row, spans, isPersonal };
  }
}

function composeComment(
  random: Random,
  world: World,
  video: SimulatedVideo,
  emoji: EmojiFinder,
): { readonly text: string; readonly spans: readonly EntitySpan[] } {
  const language = LANGUAGES[video.language]!;
  const words = world.vocabulary.words[video.language]![video.topic]!;
  const spans: EntitySpan[] = [];
  let text = '';
  const mention = (surface: string, query: string, type: EntitySpan['type']): void => {
    spans.push({ start: text.length, end: text.length + surface.length, surface, query, type });
    text += surface;
  };
  for (const piece of random.pick(COMMENTS[language]).split(/(\{.\})/)) {
    if (piece === '{o}') {
      const thing = words.things[skewed(random, Math.min(60, words.things.length))]!;
      mention(
        random.chance(0.3) ? capitalise(thing.text) : thing.text,
        thing.text,
        thing.isCreator ? 'creator' : 'thing',
      );
    } else if (piece === '{c}') {
      const creator = random.chance(0.5) ? video.creator : random.pick(words.creators);
      mention(creator, creator.toLowerCase(), 'creator');
    } else if (piece === '{p}') {
      const place = words.places[skewed(random, Math.min(200, words.places.length))]!;
      mention(capitalise(place), place, 'place');
    } else if (piece === '{h}') {
      const thing = words.things[skewed(random, Math.min(40, words.things.length))]!;
      mention(`#${hashtag(thing.text)}`, thing.text, 'hashtag');
    } else if (piece === '{e}') {
      const faces = emoji(TOPICS[video.topic]!.emoji);
      text += faces.length > 0 ? random.pick(faces) : '🔥';
    } else if (piece === '{@}') {
      text += `@${hashtag(nameUser(world.options.seed, random.below(world.options.users)))}`;
    } else {
      text += piece;
    }
  }
  return { text, spans };
}

function capitalise(text: string): string {
  return text.replace(
    /(^| )(\p{L})/gu,
    (_, space: string, letter: string) => space + letter.toUpperCase(),
  );
}
