import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequenceTerms } from '../../../dictionaries/terms.ts';
import { findExactForm } from '../../../indexer/segment/exact-form.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { visitStanding } from '../../../indexer/segment/standing-completions.ts';

const word = fc.constantFrom('a', 'b', 'c', '京', '東');
const text = fc
  .array(fc.tuple(word, fc.boolean()), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.map(([each, space], i) => (space && i > 0 ? ' ' : '') + each).join(''));

function segmentOf(forms: readonly string[]): Segment {
  const builder = new SegmentBuilder();
  forms.forEach((normalised, i) => {
    builder.add({ normalised, surface: normalised, score: forms.length - i });
  });
  return Segment.open(builder.finish());
}

describe('completions that stand in a text', () => {
  it('are those whose terms follow each other there, as often as they do', () => {
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 20 }), text, (forms, asked) => {
        const segment = segmentOf(forms);
        const found: string[] = [];
        const terms = sequenceTerms(asked);
        visitStanding(segment, terms, (id) => {
          const [form = ''] = segment.normalisedTexts(Uint32Array.of(id), 1);
          found.push(form);
        });
        const expected = forms.flatMap((form) => {
          const wanted = sequenceTerms(form);
          const places = [...terms.keys()].filter((at) =>
            wanted.every((term, i) => {
              const there = terms[at + i];
              // The first term may begin inside a run.
              return i === 0 ? there?.replace('\u0001', '') === term : there === term;
            }),
          );
          return places.map(() => form);
        });
        expect(found.sort()).toEqual(expected.sort());
      }),
    );
  });

  it('an exact form is found, and nothing that only begins so', () => {
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 20 }), text, (forms, asked) => {
        const segment = segmentOf(forms);
        const id = findExactForm(segment, asked);
        const found = id === null ? null : segment.normalisedTexts(Uint32Array.of(id), 1)[0];
        expect(found).toBe(forms.includes(asked) ? asked : null);
      }),
    );
  });
});
