import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandCompletion } from '../../../../indexer/segment/completion-id.ts';
import {
  SCRIPT,
  STOP_WORD,
  SYNONYM,
  TYPO,
  VARIANT,
} from '../../../../serving/retrieval/interpretation/alternative.ts';
import {
  CandidateList,
  promotionBits,
  type ReadCandidate,
  worthOf,
} from '../../../../serving/retrieval/interpretation/candidate-list.ts';

function candidate(id: number, logScore: number, bits: number): ReadCandidate {
  const evidence = { kind: 'range', start: 0, end: 1 } as const;
  return { id: brandCompletion(id), logScore, bits, ways: TYPO, evidence };
}

describe('CandidateList', () => {
  it('keeps the likeliest, each completion once with its likeliest reading', () => {
    const offers = fc.array(fc.tuple(fc.nat(6), fc.integer({ min: 0, max: 4 })), { maxLength: 40 });
    fc.assert(
      fc.property(offers, fc.integer({ min: 1, max: 5 }), (all, limit) => {
        const list = new CandidateList(limit);
        // A completion has one score; the reading's bits differ.
        const best = new Map<number, number>();
        for (const [id, bits] of all) {
          const worth = id * 2 - bits;
          list.offer(candidate(id, id * 2, bits));
          best.set(id, Math.max(best.get(id) ?? -Infinity, worth));
        }
        const naive = [...best].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit);
        expect(list.candidates.map(worthOf)).toEqual(naive.map(([, worth]) => worth));
        const ids = list.candidates.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe('promotionBits', () => {
  const promotion = { variant: 0, typo: 6 };

  it('lets a variant stand where its score says, a typo only when it is far likelier', () => {
    expect(promotionBits(VARIANT, promotion)).toBe(0);
    expect(promotionBits(TYPO, promotion)).toBe(6);
    expect(promotionBits(TYPO | VARIANT, promotion)).toBe(6);
  });

  it('never lets another script, a synonym or a left-out word stand before direct matches', () => {
    for (const ways of [SCRIPT, SYNONYM, STOP_WORD, SCRIPT | TYPO]) {
      expect(promotionBits(ways, promotion)).toBe(Infinity);
    }
  });
});
