import { AliasTable, zipfWeights } from './distributions.ts';
import * as parameters from './parameters.ts';
import { encodeKey, LONG_VARIANT, type Phrasebook, type QueryCode, skewed } from './phrase.ts';
import { mix32, openStream, type Random } from './random.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A popular query, one of those that every simulated suggester knows. */
export interface HeadQuery extends QueryCode {
  readonly text: string;
  readonly language: number;
  readonly topic: number;
  /** Share among all new searches in its language for the head. */
  readonly share: number;
}

/** Where a new search came from. */
export type Tier = 'head' | 'torso' | 'tail';

/** What is searched: per language and topic a Zipf-like head, a torso that grows with the log, and an endless tail. */
export class Universe {
  /** All head queries, by language and topic, most popular first. */
  readonly heads: readonly (readonly (readonly HeadQuery[])[])[];
  private readonly headDraws: readonly (readonly AliasTable[])[];
  private readonly torsoSizes: readonly (readonly number[])[];
  private readonly vocabulary: Vocabulary;

  constructor(
    seed: number,
    vocabulary: Vocabulary,
    phrasebook: Phrasebook,
    expectedSearches: number,
  ) {
    this.vocabulary = vocabulary;
    const growth =
      (expectedSearches / parameters.HEAD_REFERENCE_SEARCHES) ** parameters.HEAD_GROWTH;
    this.heads = vocabulary.words.map((topics, language) => {
      const taken = new Set<string>();
      return topics.map((_, topic) =>
        listHead(seed, vocabulary, phrasebook, language, topic, growth, taken),
      );
    });
    this.headDraws = this.heads.map((topics) =>
      topics.map((head) => new AliasTable(head.map(({ share }) => share))),
    );
    this.torsoSizes = vocabulary.languageShares.map((languageShare) =>
      vocabulary.topicShares.map((topicShare) =>
        Math.ceil(expectedSearches * languageShare * topicShare * parameters.TORSO_SIZE_PER_SEARCH),
      ),
    );
  }

  drawTier(random: Random): Tier {
    const u = random.unit();
    if (u < parameters.HEAD_SHARE) return 'head';
    return u < parameters.HEAD_SHARE + parameters.TORSO_SHARE ? 'torso' : 'tail';
  }

  /** A new search for a topic. */
  draw(random: Random, tier: Tier, language: number, topic: number): QueryCode {
    switch (tier) {
      case 'head':
        return this.heads[language]![topic]![this.headDraws[language]![topic]!.draw(random)]!;
      case 'torso': {
        const index = random.below(this.torsoSizes[language]![topic]!);
        const hash = mix32(index ^ mix32(0x70b50 + language * 64 + topic));
        const things = this.vocabulary.words[language]![topic]!.things.length;
        const u = hash / 4294967296;
        return {
          key: encodeKey(language, topic, Math.floor(things * u * u)),
          variant: 1 + (mix32(hash + 1) & 0xfffffff),
        };
      }
      case 'tail': {
        const things = this.vocabulary.words[language]![topic]!.things.length;
        return {
          key: encodeKey(language, topic, skewed(random, things)),
          variant: (random.uint32() | LONG_VARIANT) >>> 0,
        };
      }
    }
  }
}

function listHead(
  seed: number,
  vocabulary: Vocabulary,
  phrasebook: Phrasebook,
  language: number,
  topic: number,
  growth: number,
  taken: Set<string>,
): readonly HeadQuery[] {
  const topicShare = vocabulary.topicShares[topic]!;
  const topics = vocabulary.topicShares.length;
  const languageSize =
    (vocabulary.languageShares[language]! / vocabulary.languageShares[0]!) **
    parameters.HEAD_BY_LANGUAGE;
  const size = Math.max(
    4,
    Math.round(parameters.HEAD_SIZE * growth * topicShare * topics * languageSize),
  );
  const weights = zipfWeights(size, parameters.HEAD_EXPONENT, parameters.HEAD_SHIFT);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const random = openStream(seed, 'head', language, topic);
  const things = vocabulary.words[language]![topic]!.things.length;
  const head: HeadQuery[] = [];
  for (let tries = 0; head.length < size && tries < size * 40; tries++) {
    const key = encodeKey(language, topic, skewed(random, Math.min(things, 6 + tries)));
    const variant = random.chance(0.45) ? 0 : 1 + random.below(1 << 16);
    const text = phrasebook.write(key, variant);
    if (taken.has(text)) continue;
    taken.add(text);
    head.push({
      key,
      variant,
      text,
      language,
      topic,
      share: (topicShare * weights[head.length]!) / sum,
    });
  }
  return head;
}
