import { AliasTable, drawDirichlet, drawLomax } from './distributions.ts';
import * as parameters from './parameters.ts';
import type { QueryCode } from './phrase.ts';
import { mix32, openStream, type Random } from './random.ts';
import { LANGUAGES, MARKETS } from './vocabulary/languages.ts';
import { PARENT_WEIGHTS, TOPICS } from './vocabulary/topics.ts';
import type { Vocabulary } from './vocabulary.ts';
import { parentOf } from './vocabulary.ts';

/** A user's last searches, newest overwriting oldest; two numbers each. */
class Memory {
  private codes = new Uint32Array(16);
  private count = 0;

  remember(key: number, variant: number): void {
    if (2 * this.count === this.codes.length && this.count < parameters.MEMORY) {
      const grown = new Uint32Array(2 * this.codes.length);
      grown.set(this.codes);
      this.codes = grown;
    }
    const at = (this.count % parameters.MEMORY) * 2;
    this.codes[at] = key;
    this.codes[at + 1] = variant;
    this.count++;
  }

  /** The search that lies some heavy-tailed number of searches back, or null for a user without a past. */
  recall(random: Random): QueryCode | null {
    const known = Math.min(this.count, parameters.MEMORY);
    if (known === 0) return null;
    let back = drawLomax(random, parameters.REFIND_SCALE, parameters.REFIND_SHAPE);
    if (back >= known) back = random.below(known);
    const at = ((this.count - 1 - back) % parameters.MEMORY) * 2;
    return { key: this.codes[at]!, variant: this.codes[at + 1]! };
  }
}

/** Who uses the app: market, activity, latent taste and memory of each user, by index. */
export class Population {
  readonly count: number;
  readonly markets: Uint8Array;
  /** Mean committed searches a day. */
  readonly activity: Float32Array;
  /** Cumulative taste over topics, `TOPICS.length` numbers a user. */
  private readonly tastes: Float32Array;
  private readonly memories: Memory[];

  constructor(options: parameters.WorldOptions, vocabulary: Vocabulary) {
    const { users, seed } = options;
    const taste = parameters.TASTES[options.taste];
    this.count = users;
    this.markets = new Uint8Array(users);
    this.activity = new Float32Array(users);
    this.tastes = new Float32Array(users * TOPICS.length);
    this.memories = Array.from({ length: users }, () => new Memory());
    const marketDraw = new AliasTable(MARKETS.map(({ share }) => share));
    for (let user = 0; user < users; user++) {
      const random = openStream(seed, 'user', user);
      this.markets[user] = marketDraw.draw(random);
      const spread = 0.7;
      this.activity[user] =
        parameters.SEARCHES_PER_USER_DAY *
        Math.exp(spread * random.normal() - (spread * spread) / 2);
      this.drawTaste(openStream(seed, 'taste', user), user, vocabulary.topicShares, taste);
    }
  }

  languageOf(user: number): number {
    return LANGUAGES.indexOf(MARKETS[this.markets[user]!]!.language);
  }

  /** A topic drawn from the user's taste. */
  drawTopic(random: Random, user: number): number {
    const u = random.unit();
    let low = user * TOPICS.length;
    let high = low + TOPICS.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (u < this.tastes[middle]!) high = middle;
      else low = middle + 1;
    }
    return low - user * TOPICS.length;
  }

  /** How much of the user's interest a topic has; adds up to 1 over the topics. */
  interest(user: number, topic: number): number {
    const at = user * TOPICS.length + topic;
    return this.tastes[at]! - (topic === 0 ? 0 : this.tastes[at - 1]!);
  }

  memoryOf(user: number): Memory {
    return this.memories[user]!;
  }

  private drawTaste(
    random: Random,
    user: number,
    shares: readonly number[],
    taste: parameters.TasteParameters,
  ): void {
    const parents = Object.keys(PARENT_WEIGHTS);
    const overParents = drawDirichlet(
      random,
      Object.values(PARENT_WEIGHTS),
      taste.parentConcentration,
    );
    const interests = new Float64Array(TOPICS.length);
    parents.forEach((parent, p) => {
      const leaves = TOPICS.flatMap(({ id }, topic) => (parentOf(id) === parent ? [topic] : []));
      const base = leaves.map((leaf) => shares[leaf]! / PARENT_WEIGHTS[parent]!);
      const overLeaves = drawDirichlet(random, base, taste.leafConcentration);
      leaves.forEach((leaf, i) => {
        interests[leaf] = overParents[p]! * overLeaves[i]!;
      });
    });
    let sum = 0;
    for (let topic = 0; topic < interests.length; topic++) {
      sum += interests[topic]!;
      this.tastes[user * TOPICS.length + topic] = sum;
    }
  }
}

/** The opaque name of a user; different for different users. */
export function nameUser(seed: number, user: number): string {
  return `u${mix32(mix32(seed ^ 0x5f3759df) ^ user).toString(36)}`;
}
