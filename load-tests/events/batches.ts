import type { Random } from '../simulate/random.ts';

const WORDS =
  'new york cheap flights football results pasta recipe weather guitar lesson news'.split(' ');

/** An event as a client sends it. */
export interface SentEvent {
  readonly eventId: string;
  readonly [field: string]: unknown;
}

/** A batch of searches, impressions and clicks by 10,000 people, in the proportions of a search box; ids begin with `prefix`. */
export function makeBatch(random: Random, prefix: string, length: number): readonly SentEvent[] {
  return Array.from({ length }, (_, place) => {
    const user = `user-${random.below(10_000)}`;
    const base = { eventId: `${prefix}-${place}`, at: 1_780_000_000_000 + place, user };
    const requestId = `r-${random.below(1_000_000)}`;
    const surface = 'suggest';
    const id = () => `s${random.below(1_000_000)}`;
    const kind = random.below(10);
    if (kind < 5) {
      const query = Array.from({ length: 3 }, () => WORDS[random.below(WORDS.length)]).join(' ');
      return { type: 'search', ...base, session: `${user}-1`, market: 'en-US', query, requestId };
    }
    if (kind < 8) {
      const items = Array.from({ length: 5 }, (_, i) => ({ id: id(), position: i + 1 }));
      return { type: 'impression', ...base, requestId, surface, items };
    }
    return { type: 'click', ...base, requestId, surface, id: id(), position: 1 };
  });
}
