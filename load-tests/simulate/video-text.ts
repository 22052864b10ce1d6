import type { SimulatedVideo } from './catalogue.ts';
import type { Phrasebook } from './phrase.ts';
import { skewed, thingOfKey } from './phrase.ts';
import { openStream, type Random } from './random.ts';
import type { EmojiFinder } from './vocabulary/emoji.ts';
import { LANGUAGES, type Language, MARKETS } from './vocabulary/languages.ts';
import { TOPICS } from './vocabulary/topics.ts';

/** A line of `videos.ndjson`. */
export interface VideoRow {
  readonly video: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly transcript: string;
  readonly creator: string;
  readonly market: string;
  readonly at: string;
}

const SPEECH: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'hey everyone, today we are talking about {}',
    'so the first thing you want to know about {} is to take your time',
    'a lot of you asked about {}',
    'let me show you {} one more time',
    'if you liked {} follow for part two',
  ],
  es: [
    'hola a todos, hoy vamos a hablar de {}',
    'muchos me preguntaron por {}',
    'si te gustó {} sígueme para la segunda parte',
  ],
  pt: [
    'oi gente, hoje vamos falar de {}',
    'muita gente perguntou sobre {}',
    'se você gostou de {} me segue para a parte dois',
  ],
  de: [
    'hallo zusammen, heute geht es um {}',
    'viele haben nach {} gefragt',
    'wenn euch {} gefallen hat folgt mir für teil zwei',
  ],
  ja: [
    'みなさんこんにちは、今日は{}についてです',
    '{}についてたくさん質問をもらいました',
    '{}がよかったらフォローしてください',
  ],
  ko: [
    '안녕하세요 오늘은 {}에 대해 이야기해요',
    '{} 질문이 많았어요',
    '{} 좋았다면 팔로우 해주세요',
  ],
};

const EVERYDAY_TAGS: readonly string[] = ['fyp', 'viral', 'shorts', 'trending', 'foryou'];

/** Writes a video's caption, description, hashtags and a snippet of its transcript, in the style of a short-video app. */
export function describeVideo(
  seed: number,
  index: number,
  video: SimulatedVideo,
  phrasebook: Phrasebook,
  emoji: EmojiFinder,
): VideoRow {
  const random = openStream(seed, 'video-text', index);
  const subject = phrasebook.write(video.subject.key, video.subject.variant);
  const words = phrasebook.wordsOf(video.subject.key);
  const thing = words.things[thingOfKey(video.subject.key) % words.things.length]!.text;
  const other = words.things[skewed(random, words.things.length)]!.text;
  const topic = TOPICS[video.topic]!;
  const faces = emoji(topic.emoji);
  const face = faces.length > 0 ? random.pick(faces) : '✨';
  const tags = [
    ...new Set(
      [thing, other, topic.id.slice(topic.id.indexOf('/') + 1), random.pick(EVERYDAY_TAGS)].map(
        hashtag,
      ),
    ),
  ];
  const speech = SPEECH[LANGUAGES[video.language]!];
  const transcript = Array.from({ length: 2 + random.below(4) }, () =>
    random.pick(speech).replace('{}', random.chance(0.6) ? thing : other),
  );
  return {
    video: video.id,
    title: caption(random, subject, face, tags),
    description: `${subject} ${random.chance(0.5) ? `@${hashtag(video.creator)} ` : ''}${tags.map((tag) => `#${tag}`).join(' ')}`,
    tags,
    transcript: transcript.join('. '),
    creator: video.creator,
    market: MARKETS[video.market]!.tag,
    at: new Date(video.publishedMs).toISOString(),
  };
}

function caption(random: Random, subject: string, face: string, tags: readonly string[]): string {
  const sentence = subject.charAt(0).toUpperCase() + subject.slice(1);
  switch (random.below(6)) {
    case 0:
      return `${sentence} ${face}`;
    case 1:
      return `POV: ${subject} ${face}${face}`;
    case 2:
      return `${sentence.toUpperCase()}!!! ${face} #${tags[0]}`;
    case 3:
      return `${subject}… wait for it ${face}`;
    case 4:
      return `${sentence} | part ${1 + random.below(5)} #${tags[0]} #${tags[tags.length - 1]}`;
    default:
      return sentence;
  }
}

/** Hashtags and handles have no spaces. */
export function hashtag(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
