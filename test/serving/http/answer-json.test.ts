import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  completeAnswer,
  writeAnswerTail,
  writeListedTail,
} from '../../../serving/http/answer-json.ts';
import { bytesOfText } from '../../../serving/json-text.ts';
import type { EngineAnswer } from '../../../serving/suggest-engine.ts';
import { afterScore, beforeScore } from '../../../serving/suggestion-json.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\0', '\n', '\u2028', '\ud800', '😀', 'a', '<') }),
);
const suggestion = fc.record({
  id: text,
  text,
  kind: fc.constant('query' as const),
  source: fc.constantFrom('prefix' as const, 'infix' as const),
  score: fc.double({ noNaN: true, noDefaultInfinity: true }),
  matches: fc.array(fc.record({ start: fc.nat(), end: fc.nat() })),
});
const answers: fc.Arbitrary<EngineAnswer> = fc.record({
  market: text,
  normalised: text,
  suggestions: fc.array(suggestion),
});

/** What a client reads of an answer. */
function sent(requestId: string, tail: string): string {
  return Buffer.from(completeAnswer(requestId, tail), 'latin1').toString('utf8');
}

describe('writeAnswerTail', () => {
  it('writes what JSON.stringify would, in the order of the API', () => {
    fc.assert(
      fc.property(answers, text, fc.boolean(), (answer, typed, degraded) => {
        const json = sent(
          'r-1',
          writeAnswerTail(answer, {
            snapshot: 's-1',
            text: typed,
            personalised: false,
            degraded: degraded ? ['context'] : [],
            explainedRules: null,
          }),
        );
        const expected = JSON.stringify({
          requestId: 'r-1',
          snapshot: 's-1',
          market: answer.market,
          personalised: false,
          degraded: degraded ? ['context'] : [],
          query: { text: typed, normalised: answer.normalised },
          suggestions: answer.suggestions.map((one) => ({
            id: one.id,
            text: one.text,
            kind: one.kind,
            source: one.source,
            score: one.score,
            matches: one.matches.map(({ start, end }) => ({ start, end })),
          })),
        });
        expect(json).toBe(expected);
      }),
    );
  });

  it('writes the same of suggestions that are listed', () => {
    const frame = { snapshot: 's-1', personalised: true, explainedRules: null };
    fc.assert(
      fc.property(answers, text, fc.boolean(), (answer, typed, isCut) => {
        const list = answer.suggestions
          .map((each) =>
            bytesOfText(beforeScore(each) + JSON.stringify(each.score) + afterScore(each)),
          )
          .join(',');
        const framed = { ...frame, text: typed, degraded: isCut ? ['corrections'] : [] };
        const listed = writeListedTail({ ...answer, list }, framed);
        expect(listed).toBe(writeAnswerTail(answer, framed));
      }),
    );
  });

  it('adds the explanation when one is asked for', () => {
    const answer: EngineAnswer = {
      market: 'und',
      normalised: 'a',
      suggestions: [
        { id: '1', text: 'ab', kind: 'query', source: 'prefix', score: 0.5, matches: [] },
      ],
    };
    const frame = { snapshot: 's', text: 'a', personalised: false, degraded: [] };
    const parsed = JSON.parse(
      sent('r', writeAnswerTail(answer, { ...frame, explainedRules: ['min-users:5'] })),
    );
    expect(parsed.suggestions[0].explain).toEqual({
      generator: 'prefix',
      features: { score: 0.5 },
      rules: ['min-users:5'],
    });
  });

  it('does not say of an own search, or of a phrase of videos, that enough people searched it', () => {
    const own = { id: '1', text: 'ab', kind: 'query', source: 'history' } as const;
    const phrase = { id: '2', text: 'ac', kind: 'entity', source: 'prefix' } as const;
    const suggestions = [own, phrase].map((each) => ({ ...each, score: 1, matches: [] }));
    const frame = { snapshot: 's', text: 'a', personalised: true, degraded: [] };
    const rules = ['min-users:5', 'personal-data', 'blocklist'];
    const tail = writeAnswerTail(
      { market: 'und', normalised: 'a', suggestions },
      { ...frame, explainedRules: rules },
    );
    for (const { explain } of JSON.parse(sent('r', tail)).suggestions) {
      expect(explain.rules).toEqual(['personal-data', 'blocklist']);
    }
  });
});
