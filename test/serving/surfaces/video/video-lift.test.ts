import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineAnswer, Suggestion } from '../../../../serving/suggest-engine.ts';
import { liftForVideo } from '../../../../serving/surfaces/video/video-lift.ts';

const suggestion = (
  id: string,
  score: number,
  source: Suggestion['source'] = 'prefix',
): Suggestion => ({ id, text: id, kind: 'query', source, score, matches: [] });
const answerOf = (suggestions: readonly Suggestion[]): EngineAnswer => ({
  ...{ market: 'und', normalised: 'a', suggestions },
});
const idsOf = ({ suggestions }: EngineAnswer) => suggestions.map(({ id }) => id).join('');

describe('completions on a video', () => {
  const answer = answerOf([...'abcdef'].map((id, at) => suggestion(id, 1 - at / 10)));

  it('stand as they were where the video leads to none of them', () => {
    expect(liftForVideo(answer, [])).toBe(answer);
    expect(liftForVideo(answer, [suggestion('z', 0.9, 'video')])).toBe(answer);
  });

  it('move up the further the likelier, by three places at most', () => {
    const lifted = (chance: number) =>
      idsOf(liftForVideo(answer, [suggestion('f', chance, 'video')]));
    expect([0.005, 0.01, 0.02, 0.04, 1].map(lifted)).toEqual([
      'abcdef',
      'abcdfe',
      'abcfde',
      'abfcde',
      'abfcde',
    ]);
  });

  it('never pass what was found another way, nor what is likelier', () => {
    const mixed = answerOf([
      suggestion('a', 0.9),
      suggestion('b', 0.8),
      suggestion('c', 0.7, 'infix'),
      suggestion('d', 0.6, 'infix'),
    ]);
    const likely = [suggestion('d', 0.5, 'video'), suggestion('b', 0.2, 'video')];
    expect(idsOf(liftForVideo(mixed, likely))).toBe('badc');
    const both = [suggestion('e', 0.5, 'video'), suggestion('f', 0.5, 'video')];
    expect(idsOf(liftForVideo(answer, both))).toBe('aefbcd');
  });

  it('are the same ones, with the scores of their places', () => {
    const sources = fc.constantFrom<Suggestion['source']>('prefix', 'infix', 'typo');
    const lists = fc.array(fc.record({ source: sources, chance: fc.double({ min: 0, max: 1 }) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(lists, (items) => {
        const given = answerOf(
          items.map(({ source }, at) => suggestion(`s${at}`, 1 / (1 + at), source)),
        );
        const likely = items.map(({ chance }, at) => suggestion(`s${at}`, chance, 'video'));
        const { suggestions } = liftForVideo(given, likely);
        const sorted = (list: readonly Suggestion[]) => list.map(({ id }) => id).sort();
        expect(sorted(suggestions)).toEqual(sorted(given.suggestions));
        suggestions.forEach(({ id, source, score }, place) => {
          const before = given.suggestions.findIndex((each) => each.id === id);
          expect(place).toBeGreaterThanOrEqual(before - 3);
          expect(source).toBe(given.suggestions[place]?.source);
          expect(score).toBe(given.suggestions[place]?.score);
        });
      }),
    );
  });
});
