import {
  BROWSES,
  DAY_MS,
  SEARCHES_FROM_VIDEO,
  SEARCHES_PER_USER_DAY,
  TASTES,
  type WorldOptions,
} from './parameters.ts';
import { skewed } from './phrase.ts';
import { openStream } from './random.ts';
import { LANGUAGES, type Language } from './vocabulary/languages.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A planted trending topic: from `startMs` on, new searches of its language go to its texts, fading by half each half-life. */
export interface Burst {
  readonly language: number;
  readonly texts: readonly string[];
  /** Index of the first text in the list of planted texts. */
  readonly firstText: number;
  readonly startMs: number;
  readonly halfLifeMs: number;
  /** Share of its language's new searches at the start. */
  readonly peakShare: number;
  /** Searches that it should bring before the world ends: about, since activity has its hours and lists have their gaps. */
  readonly expectedSearches: number;
}

const EVENTS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'lantern parade',
    'power cut',
    'airport drone',
    'mascot dance',
    'giant slide',
    'rooftop concert',
    'runaway ostrich',
    'snow in june',
    'bridge opening',
    'robot waiter',
    'record pancake',
  ],
  es: [
    'apagón',
    'desfile de faroles',
    'avestruz suelto',
    'concierto en la azotea',
    'nevada en junio',
  ],
  pt: ['apagão', 'desfile de lanternas', 'avestruz solto', 'show no terraço', 'neve em junho'],
  de: ['stromausfall', 'laternenumzug', 'strauß entlaufen', 'dachkonzert', 'schnee im juni'],
  ja: ['停電', '灯籠パレード', 'ダチョウ脱走', '屋上ライブ', '六月の雪'],
  ko: ['정전', '연등 행렬', '타조 탈출', '옥상 콘서트', '유월 눈'],
};

/** What people add to the name of an event. */
const FOLLOW_UPS: Readonly<Record<Language, readonly string[]>> = {
  en: ['live', 'what happened', 'video'],
  es: ['en vivo', 'qué pasó', 'video'],
  pt: ['ao vivo', 'o que aconteceu', 'vídeo'],
  de: ['live', 'was ist passiert', 'video'],
  ja: ['ライブ', '何があった', '動画'],
  ko: ['라이브', '무슨 일', '영상'],
};

/** Plants a burst every three days on average: some before the held-out part, some within it. */
export function plantBursts(
  options: WorldOptions,
  vocabulary: Vocabulary,
  startMs: number,
): readonly Burst[] {
  const count = Math.max(2, Math.round(options.days / 3));
  const newShare = (1 - BROWSES) * (1 - TASTES[options.taste].refind) * (1 - SEARCHES_FROM_VIDEO);
  const bursts: Burst[] = [];
  let firstText = 0;
  for (let i = 0; i < count; i++) {
    const random = openStream(options.seed, 'burst', i);
    const language = random.chance(0.7) ? 0 : random.below(vocabulary.languageShares.length);
    const places = vocabulary.words[language]![0]!.places;
    const name = LANGUAGES[language]!;
    const base = `${places[skewed(random, Math.min(200, places.length))]} ${random.pick(EVENTS[name])}`;
    const texts = [base, ...FOLLOW_UPS[name].map((followUp) => `${base} ${followUp}`)];
    const halfLifeMs = (4 + random.below(32)) * 3_600_000;
    const peakShare = 0.01 + random.unit() * 0.05;
    const perMs =
      (options.users * SEARCHES_PER_USER_DAY * vocabulary.languageShares[language]!) / DAY_MS;
    const burstStartMs =
      startMs + Math.floor(((i + random.unit()) / count) * options.days * DAY_MS);
    const leftMs = startMs + options.days * DAY_MS - burstStartMs;
    bursts.push({
      language,
      texts,
      firstText,
      halfLifeMs,
      peakShare,
      startMs: burstStartMs,
      expectedSearches: Math.round(
        perMs * newShare * peakShare * (halfLifeMs / Math.LN2) * (1 - 2 ** (-leftMs / halfLifeMs)),
      ),
    });
    firstText += texts.length;
  }
  return bursts;
}

/** The share of its language's new searches that a burst has at a time. */
export function burstShare(burst: Burst, atMs: number): number {
  const age = atMs - burst.startMs;
  return age < 0 || age > 12 * burst.halfLifeMs
    ? 0
    : burst.peakShare * 2 ** (-age / burst.halfLifeMs);
}
