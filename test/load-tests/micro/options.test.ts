import { describe, expect, it } from 'vitest';
import { BenchUsageError, parseBenchOptions } from '../../../load-tests/micro/options.ts';

describe('the command line of the benchmarks', () => {
  it('runs the whole suite unless told otherwise', () => {
    expect(parseBenchOptions([])).toEqual({
      command: 'suite',
      quick: false,
      tenMillion: false,
      json: null,
      writeBaseline: false,
      ours: false,
      seed: 1,
      logRows: 10_000_000,
    });
  });

  it('takes the pipeline and its rows', () => {
    const options = parseBenchOptions(['pipeline', '--log-rows', '5000', '--seed', '3']);
    expect(options).toMatchObject({ command: 'pipeline', logRows: 5000, seed: 3 });
  });

  it.each(['corrections', 'index-growth'])('takes %s, quick or not', (command) => {
    expect(parseBenchOptions([command, '--quick'])).toMatchObject({ command, quick: true });
    expect(parseBenchOptions([command])).toMatchObject({ command, quick: false });
  });

  it.each([['nothing'], ['--unknown'], ['--seed=x'], ['--log-rows=-1'], ['suite', 'pipeline']])(
    'refuses %s',
    (...args) => {
      expect(() => parseBenchOptions(args)).toThrow(BenchUsageError);
    },
  );
});
