import { Random } from './random.ts';
import type { TopicWords, Vocabulary } from './vocabulary.ts';

/**
 * A query as two numbers, so that a user's memory of a hundred searches takes a kilobyte: `key` names language, topic and thing,
 * `variant` how it is put: 0 is the thing alone, below 2^31 a short phrase, above a long one.
 */
export interface QueryCode {
  readonly key: number;
  readonly variant: number;
}

/** Variants from here on are long phrases, of which there are so many that hardly one is drawn twice. */
export const LONG_VARIANT = 0x80000000;
const TOPIC_BITS = 6;
const THING_BITS = 16;
/** Keys from here on are indexes of the planted texts (bursts), which have no grammar. */
export const PLANTED_KEY = 0xf0000000;

export function encodeKey(language: number, topic: number, thing: number): number {
  return (((language << TOPIC_BITS) | topic) << THING_BITS) | thing;
}

export function topicOfKey(key: number): number {
  return (key >>> THING_BITS) & ((1 << TOPIC_BITS) - 1);
}

export function thingOfKey(key: number): number {
  return key & ((1 << THING_BITS) - 1);
}

export function languageOfKey(key: number): number {
  return key >>> (THING_BITS + TOPIC_BITS);
}

type Part = { readonly literal: string } | { readonly slot: string };

/** Writes queries out: the same code always gives the same text. */
export class Phrasebook {
  private readonly templates = new Map<string, readonly Part[]>();
  private readonly random = new Random(0);
  private readonly vocabulary: Vocabulary;
  private readonly planted: readonly string[];

  constructor(vocabulary: Vocabulary, planted: readonly string[]) {
    this.vocabulary = vocabulary;
    this.planted = planted;
  }

  /** The text of a code, in lower case. */
  write(key: number, variant: number): string {
    if (key >= PLANTED_KEY) return this.planted[key - PLANTED_KEY] ?? '';
    const words = this.wordsOf(key);
    const thing = words.things[thingOfKey(key) % words.things.length]!;
    if (variant === 0) return thing.text;
    this.random.reseed(variant, key, 0);
    const source = thing.isCreator ? words.creatorPhrases : words;
    const template = this.random.pick(variant >= LONG_VARIANT ? source.long : source.short);
    let text = '';
    for (const part of this.parse(template)) {
      text +=
        'literal' in part
          ? part.literal
          : this.fill(part.slot, words, thing.text, languageOfKey(key));
    }
    return text;
  }

  wordsOf(key: number): TopicWords {
    return this.vocabulary.words[languageOfKey(key)]![topicOfKey(key)]!;
  }

  private fill(slot: string, words: TopicWords, thing: string, language: number): string {
    const { random } = this;
    switch (slot) {
      case 'o':
        return thing;
      case 'x': {
        // Small languages have a few things a leaf: a neighbouring topic lends its own.
        const lender =
          words.things.length > 20 ? words : random.pick(this.vocabulary.words[language]!);
        return lender.things[skewed(random, lender.things.length)]!.text;
      }
      case 'm':
        return random.pick(words.modifiers);
      case 'q':
        return random.pick(words.qualifiers);
      case 'a':
        return words.adjectives[skewed(random, words.adjectives.length)]!;
      case 'p':
        return words.places[skewed(random, words.places.length)]!;
      case 'c':
        return random.pick(words.creators).toLowerCase();
      case 'n':
        return String(2 + random.below(29));
      case 'y':
        return String(2026 - skewed(random, 12));
      default:
        throw new RangeError(`expected a slot among oxmqapcny in a phrase, got "${slot}"`);
    }
  }

  private parse(template: string): readonly Part[] {
    let parts = this.templates.get(template);
    if (parts === undefined) {
      parts = template
        .split(/(\{\w\})/)
        .filter((piece) => piece !== '')
        .map((piece) => (/^\{\w\}$/.test(piece) ? { slot: piece.charAt(1) } : { literal: piece }));
      this.templates.set(template, parts);
    }
    return parts;
  }
}

/** An index below n that prefers the beginning: the square of a uniform draw. */
export function skewed(random: Random, n: number): number {
  const u = random.unit();
  return Math.floor(n * u * u);
}
