import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeAnswerTail } from '../../../serving/http/answer-json.ts';
import { findSentText, readSentIds, readSentQuery } from '../../../serving/served/sent-answer.ts';

const frame = { snapshot: 's', text: 'a', personalised: true, degraded: [], explainedRules: null };
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '{', 'i', 'd', ':', 'é', '北', '\ud800') }),
);
const suggestion = fc.record({
  id: text,
  text,
  kind: fc.constant('query' as const),
  source: fc.constant('prefix' as const),
  score: fc.constant(1),
  matches: fc.constant([]),
});

describe('a sent answer', () => {
  it('is read again as it was written', () => {
    const suggestions = fc.uniqueArray(suggestion, { selector: ({ id }) => id, maxLength: 6 });
    fc.assert(
      fc.property(suggestions, text, text, (shown, normalised, other) => {
        const tail = writeAnswerTail({ market: 'und', normalised, suggestions: shown }, frame);
        expect(readSentQuery(tail)).toBe(normalised);
        expect(readSentIds(tail)).toEqual(shown.map(({ id }) => id));
        for (const { id, text } of shown) expect(findSentText(tail, id)).toBe(text);
        const known = shown.find(({ id }) => id === other);
        expect(findSentText(tail, other)).toBe(known?.text ?? null);
      }),
    );
  });

  it('has no item under what stands inside a text', () => {
    const inside = '{"id":"b","text":"c"}';
    const shown = [
      { id: 'a', text: inside, kind: 'query', source: 'prefix', score: 1, matches: [] },
    ] as const;
    const tail = writeAnswerTail({ market: 'und', normalised: 'a', suggestions: shown }, frame);
    expect(readSentIds(tail)).toEqual(['a']);
    expect(findSentText(tail, 'b')).toBeNull();
    expect(findSentText(tail, 'a')).toBe(inside);
  });
});
