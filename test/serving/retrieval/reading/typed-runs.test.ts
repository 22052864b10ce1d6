import { describe, expect, it } from 'vitest';
import { readTyped } from '../../../../serving/retrieval/reading/typed-runs.ts';

describe('readTyped', () => {
  it('parts Han from what is spelled, and remembers spaces', () => {
    expect(readTyped('北京da xue')).toEqual({
      runs: [
        { kind: 'han', text: '北京', breaks: [] },
        { kind: 'spelled', text: 'daxue', breaks: [2] },
      ],
      hasKana: false,
      hasHan: true,
      spelled: 5,
      finished: false,
    });
    expect(readTyped('とうk ')).toMatchObject({
      runs: [{ kind: 'spelled', text: 'とうk', breaks: [] }],
      hasKana: true,
      finished: true,
    });
    expect(readTyped('tokyo 駅')?.runs.at(-1)).toEqual({ kind: 'han', text: '駅', breaks: [0] });
  });

  it('reads over signs', () => {
    expect(readTyped('c++ jiaocheng')?.runs).toEqual([
      { kind: 'spelled', text: 'cjiaocheng', breaks: [1] },
    ]);
  });

  it('has no reading of Han alone, other scripts, signs, and very long texts', () => {
    for (const typed of [
      '',
      ' ',
      '北京',
      '北京 ',
      'привет',
      'abc 서울',
      '+',
      '🎂',
      'ab'.repeat(40),
    ]) {
      expect(readTyped(typed), typed).toBeNull();
    }
  });
});
