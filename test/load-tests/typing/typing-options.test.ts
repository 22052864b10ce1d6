import { describe, expect, it } from 'vitest';
import { BenchUsageError } from '../../../load-tests/micro/options.ts';
import { parseTypingOptions } from '../../../load-tests/typing/typing-options.ts';

describe('the command line of the typing benchmark', () => {
  it('types all sets unless told otherwise, fewer trials in a quick run', () => {
    expect(parseTypingOptions([])).toEqual({
      quick: false,
      seed: 1,
      trialsACell: 4000,
      yardstickTrials: 0,
      sets: null,
      json: null,
    });
    expect(parseTypingOptions(['--quick'])).toMatchObject({ quick: true, trialsACell: 1000 });
  });

  it('takes sets, trials and the yardstick', () => {
    const options = parseTypingOptions(['--sets', 'names,real', '--trials=50', '--yardstick=20']);
    expect(options).toMatchObject({
      sets: ['names', 'real'],
      trialsACell: 50,
      yardstickTrials: 20,
    });
  });

  it.each([['--sets=all'], ['--trials=0'], ['--seed=x'], ['real'], ['--unknown']])(
    'refuses %s',
    (argument) => {
      expect(() => parseTypingOptions([argument])).toThrow(BenchUsageError);
    },
  );
});
