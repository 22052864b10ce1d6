import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AnswerMemory,
  type AnswerQuestion,
  type AnswerSources,
  answerMemoryKey,
  type WrittenAnswer,
} from '../../../serving/personal/answer-memory.ts';
import type { ProfileReading } from '../../../serving/personal/profile-source.ts';
import type { LoadedSnapshot } from '../../../serving/snapshot/snapshot-source.ts';

const snapshotOf = (name: string) => ({ name }) as LoadedSnapshot;
const readingOf = (revision: number): ProfileReading & { revision: number } => ({
  ...{ profile: null, revision, isDegraded: false },
});
const answerOf = (tail: string): WrittenAnswer => ({
  tail,
  normalised: 'new',
  ranked: { ranker: 'default', width: 4, featureBytes: 17, writeFeatures: (_, begin) => begin },
});
const sourcesOf = (): AnswerSources & { reading: { revision: number } } => ({
  snapshot: snapshotOf('s'),
  lexicon: 0,
  reading: readingOf(1),
});

describe('AnswerMemory', () => {
  it('gives an answer again while nothing changed that it comes from', () => {
    const memory = new AnswerMemory();
    const sources = sourcesOf();
    const answer = answerOf('tail');
    expect(memory.recall('key', sources, 1_000)).toBeNull();
    memory.remember('key', answer, sources, 1_000);
    expect(memory.recall('key', { ...sources }, 2_999)).toBe(answer);
    expect(memory.recall('other key', sources, 1_000)).toBeNull();
    expect([memory.hits, memory.misses, memory.entryCount]).toEqual([1, 2, 1]);
  });

  const changes: Record<
    string,
    (memory: AnswerMemory, sources: ReturnType<typeof sourcesOf>) => AnswerSources
  > = {
    'an accepted event, whosever it is': (memory, sources) => {
      memory.apply();
      return sources;
    },
    'another state of the profile': (_, sources) => {
      sources.reading.revision++;
      return sources;
    },
    'a profile that was read anew': (_, sources) => ({ ...sources, reading: readingOf(1) }),
    'another snapshot, of the same name': (_, sources) => ({
      ...sources,
      snapshot: snapshotOf('s'),
    }),
    'other synonyms': (_, sources) => ({ ...sources, lexicon: 1 }),
    'an erasure': (memory, sources) => {
      memory.clear();
      return sources;
    },
  };
  it.each(Object.entries(changes))('gives none again after %s', (_, change) => {
    const memory = new AnswerMemory();
    const sources = sourcesOf();
    memory.remember('key', answerOf('tail'), sources, 1_000);
    expect(memory.recall('key', change(memory, sources), 1_000)).toBeNull();
  });

  it.each([3_000, 999])('gives none again at %i that was written at 1,000', (nowMs) => {
    const memory = new AnswerMemory();
    const sources = sourcesOf();
    memory.remember('key', answerOf('tail'), sources, 1_000);
    expect(memory.recall('key', sources, nowMs)).toBeNull();
  });

  it('lets go of what is too old to be given again as others come', () => {
    const memory = new AnswerMemory();
    for (const second of [0, 1, 2, 3, 4, 5, 6]) {
      memory.remember(`key ${second}`, answerOf('tail'), sourcesOf(), second * 1_000);
    }
    expect(memory.entryCount).toBe(3);
    memory.clear();
    expect([memory.entryCount, memory.sizeBytes]).toEqual([0, 0]);
  });

  it('stays within its bytes, and keeps nothing where there is no room', () => {
    const memory = new AnswerMemory(20_000);
    for (let i = 0; i < 100; i++) {
      memory.remember(`key ${i}`, answerOf('x'.repeat(i * 20)), sourcesOf(), 0);
      expect(memory.sizeBytes).toBeLessThanOrEqual(20_000);
    }
    expect(memory.entryCount).toBeGreaterThan(3);
    const none = new AnswerMemory(64);
    none.remember('key', answerOf(''), sourcesOf(), 0);
    expect(none.entryCount).toBe(0);
  });
});

describe('answerMemoryKey', () => {
  const hash = fc.constantFrom('u'.repeat(22), 's'.repeat(22), 't'.repeat(22));
  const text = fc.string({ unit: fc.constantFrom(' ', '-', ':', '1', '0', 'a'), maxLength: 6 });
  const question: fc.Arbitrary<AskedBy> = fc.record({
    owner: hash,
    session: fc.option(hash),
    video: fc.option(text),
    text,
    limit: fc.integer({ min: 1, max: 20 }),
    market: fc.constantFrom('und', 'en', 'en-US'),
    contextAsked: fc.boolean(),
  });
  const keyOf = (asked: AskedBy) => answerMemoryKey(asked, asked.owner, asked.session);

  it('is another for every other question', () => {
    fc.assert(
      fc.property(question, question, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(keyOf(one) === keyOf(other)).toBe(isSame);
      }),
      { numRuns: 2_000 },
    );
  });
});

interface AskedBy extends AnswerQuestion {
  readonly owner: string;
  readonly session: string | null;
}
