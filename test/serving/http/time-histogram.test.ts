import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { TimeHistogram } from '../../../serving/http/time-histogram.ts';

const BOUNDS = [0.001, 0.01, 0.1];
const COMMON = { name: 'a_seconds', help: 'How long' };
const STAGES = ['first', 'second', 'third'];
const seconds = fc.array(
  fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...BOUNDS)),
);

describe('TimeHistogram', () => {
  it('shows what prom-client shows of the same times', async () => {
    await fc.assert(
      fc.asyncProperty(seconds, async (times) => {
        const registry = new Registry();
        const theirs = new Registry();
        const series = new TimeHistogram({ ...COMMON, bounds: BOUNDS, registry }).seriesOf('');
        const oracle = new Histogram({ ...COMMON, buckets: BOUNDS, registers: [theirs] });
        for (const time of times) {
          series.observe(time);
          oracle.observe(time);
        }
        expect(await registry.metrics()).toBe(await theirs.metrics());
      }),
    );
  });

  it('shows the same as prom-client of each series that has a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2), fc.double({ min: 0, max: 1, noNaN: true }))),
        async (pairs) => {
          const registry = new Registry();
          const theirs = new Registry();
          const label = 'stage';
          const histogram = new TimeHistogram({ ...COMMON, bounds: BOUNDS, registry, label });
          const series = STAGES.map((stage) => histogram.seriesOf(stage));
          const oracle = new Histogram({
            ...{ ...COMMON, buckets: BOUNDS, registers: [theirs] },
            labelNames: ['stage'] as const,
          });
          // In the order of the series, as they are shown.
          for (const [place, time] of [...pairs].sort(([a], [b]) => a - b)) {
            series[place]?.observe(time);
            oracle.observe({ stage: STAGES[place]! }, time);
          }
          expect(await registry.metrics()).toBe(await theirs.metrics());
        },
      ),
    );
  });
});
