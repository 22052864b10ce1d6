import { type Random, randomBelow, seededRandom, weightedDraw } from './seeded-random.ts';
import type { ScoredText } from './texts/scored-text.ts';

/** Queries that are timed together. */
export interface QueryGroup {
  readonly name: string;
  readonly queries: readonly string[];
}

/** How completions are drawn: as often as they are searched, or each as likely as the next. */
export type Draw = 'by score' | 'uniform';

export interface WorkloadOptions {
  readonly seed: number;
  readonly queriesAGroup: number;
  readonly draw: Draw;
}

const PREFIX_LENGTHS = [1, 2, 3, 5, 8];

/** The names of the groups that `prefixGroups` makes. */
export const LENGTHS: readonly string[] = PREFIX_LENGTHS.map(String);

/** One group a length: normalised forms of drawn completions, cut to that many code points (shorter ones are drawn again). */
export function prefixGroups(texts: readonly ScoredText[], options: WorkloadOptions): QueryGroup[] {
  const random = seededRandom(options.seed);
  const drawText = textDraw(texts, options.draw, random);
  return PREFIX_LENGTHS.map((length) => ({
    name: `${length}`,
    queries: fill(options.queriesAGroup, drawText, (text) => cut(text, length)),
  }));
}

/**
 * Groups of two and three different words of a drawn completion, the last one cut to a beginning of it: in the order in
 * which they stand in the text, and in another order.
 */
export function severalTermGroups(
  texts: readonly ScoredText[],
  options: WorkloadOptions,
): QueryGroup[] {
  const random = seededRandom(options.seed);
  const drawText = textDraw(texts, options.draw, random);
  return [
    { name: 'two in order', terms: 2, inOrder: true },
    { name: 'two out of order', terms: 2, inOrder: false },
    { name: 'three in order', terms: 3, inOrder: true },
    { name: 'three out of order', terms: 3, inOrder: false },
  ].map(({ name, terms, inOrder }) => ({
    name,
    queries: fill(options.queriesAGroup, drawText, (text) => {
      const chosen = chooseWords(text, terms, random);
      if (chosen === undefined) return undefined;
      const words = inOrder ? chosen : rotate(chosen, 1 + randomBelow(random, terms - 1));
      const last = Array.from(words.at(-1) ?? '');
      const kept = last.slice(0, 1 + randomBelow(random, Math.max(1, last.length - 1)));
      return [...words.slice(0, -1), kept.join('')].join(' ');
    }),
  }));
}

function textDraw(texts: readonly ScoredText[], draw: Draw, random: Random): () => string {
  const drawByScore = weightedDraw(texts.map((text) => text.score));
  const drawIndex = (): number =>
    draw === 'uniform' ? randomBelow(random, texts.length) : drawByScore(random);
  return () => texts[drawIndex()]?.normalised ?? '';
}

const MOST_DRAWS_A_QUERY = 10_000;

function fill(
  count: number,
  drawText: () => string,
  toQuery: (text: string) => string | undefined,
): string[] {
  const queries: string[] = [];
  for (let draws = 0; queries.length < count; draws++) {
    if (draws > count * MOST_DRAWS_A_QUERY) {
      throw new Error(
        `expected texts that give ${count} queries, got ${queries.length} from ${draws} draws`,
      );
    }
    const query = toQuery(drawText());
    if (query !== undefined) queries.push(query);
  }
  return queries;
}

function cut(text: string, length: number): string | undefined {
  const characters = Array.from(text.slice(0, 2 * length));
  return characters.length < length ? undefined : characters.slice(0, length).join('');
}

/** `count` different words of the text in its order, or nothing when it has fewer. */
function chooseWords(text: string, count: number, random: Random): string[] | undefined {
  const words = [...new Set(text.split(' '))];
  if (words.length < count) return undefined;
  while (words.length > count) words.splice(randomBelow(random, words.length), 1);
  return words;
}

/** A rotation by 1 to length - 1 places is never the order itself. */
function rotate(words: readonly string[], places: number): string[] {
  return [...words.slice(places), ...words.slice(0, places)];
}
