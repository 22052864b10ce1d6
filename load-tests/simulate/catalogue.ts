import { AliasTable } from './distributions.ts';
import * as parameters from './parameters.ts';
import { type QueryCode, skewed } from './phrase.ts';
import { mix32, openStream, type Random } from './random.ts';
import type { Universe } from './universe.ts';
import { LANGUAGES, MARKETS } from './vocabulary/languages.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A video as the world knows it; its texts are written when they are asked for (`video-text.ts`). */
export interface SimulatedVideo {
  readonly id: string;
  readonly market: number;
  readonly language: number;
  readonly topic: number;
  readonly creator: string;
  readonly publishedMs: number;
  /** What it is about. */
  readonly subject: QueryCode;
  /** What people search after it, most likely first. */
  readonly next: readonly QueryCode[];
}

/** All videos, and draws of one to watch. */
export class Catalogue {
  /** By time of publishing. */
  readonly videos: readonly SimulatedVideo[];
  /** By language and topic, most popular first. */
  private readonly shelves: readonly (readonly (readonly SimulatedVideo[])[])[];

  constructor(options: parameters.WorldOptions, vocabulary: Vocabulary, universe: Universe) {
    const { seed } = options;
    const { startMs, endMs } = parameters.splitWorld(options.days);
    const topicDraw = new AliasTable(vocabulary.topicShares);
    const marketDraw = new AliasTable(MARKETS.map(({ share }) => share));
    const shelves = vocabulary.words.map((topics) => topics.map((): SimulatedVideo[] => []));
    const videos: SimulatedVideo[] = [];
    const searches = options.users * options.days * parameters.SEARCHES_PER_USER_DAY;
    const count = 100 + Math.round(searches * parameters.VIDEOS_PER_SEARCH);
    for (let i = 0; i < count; i++) {
      const random = openStream(seed, 'video', i);
      const market = marketDraw.draw(random);
      const language = LANGUAGES.indexOf(MARKETS[market]!.language);
      const topic = topicDraw.draw(random);
      const age = random.chance(0.5)
        ? random.unit() * -400 * parameters.DAY_MS
        : random.unit() * (endMs - startMs);
      const video: SimulatedVideo = {
        id: `v${mix32(mix32(seed ^ 0x2545f491) ^ i).toString(36)}`,
        market,
        language,
        topic,
        creator: random.pick(vocabulary.words[language]![topic]!.creators),
        publishedMs: startMs + Math.floor(age),
        subject: universe.draw(random, random.chance(0.5) ? 'head' : 'torso', language, topic),
        next: Array.from({ length: 1 + random.below(3) }, () => {
          const tier = universe.drawTier(random);
          return universe.draw(random, tier === 'head' ? 'head' : 'torso', language, topic);
        }),
      };
      videos.push(video);
      shelves[language]![topic]!.push(video);
    }
    this.shelves = shelves;
    this.videos = videos.sort((a, b) => a.publishedMs - b.publishedMs || (a.id < b.id ? -1 : 1));
  }

  /** A video of a topic that is out by `atMs`; null when there is none. */
  pick(random: Random, language: number, topic: number, atMs: number): SimulatedVideo | null {
    const shelf = this.shelves[language]![topic]!;
    for (let tries = 0; tries < 4 && shelf.length > 0; tries++) {
      const video = shelf[skewed(random, shelf.length)]!;
      if (video.publishedMs <= atMs) return video;
    }
    return null;
  }
}
