import { createWorld, liveDays } from '../../simulate/world.ts';
import { TextCounter, type TextSet } from './text-set.ts';

const DAYS = 10;
/** Texts searched once stay out, as a threshold of users keeps them out of an index. */
const LEAST_SEARCHES = 2;

/**
 * The simulated world's queries: what its users had in mind at their committed searches, by how often. 10,000 users leave about
 * 28,000 completions in seven languages, 40,000 about 104,000.
 */
export function simulateLog({ users, seed }: { users: number; seed: number }): TextSet {
  const counter = new TextCounter();
  for (const { rows } of liveDays(createWorld({ seed, users, days: DAYS, taste: 'medium' }))) {
    for (const { kind, wanted } of rows) if (kind === 'search') counter.add(wanted, 1);
  }
  return {
    name: 'simulated world',
    description: `what ${users.toLocaleString('en')} users wanted in ${DAYS} days, at least ${LEAST_SEARCHES} times, seed ${seed}`,
    texts: counter.texts(LEAST_SEARCHES),
  };
}
