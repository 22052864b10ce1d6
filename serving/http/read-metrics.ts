import { Counter, Gauge, type Registry } from 'prom-client';

/** Makes metrics of a registry that show what something else counts: it is read each time that they are collected. */
export interface ReadMetrics {
  /** `read` never falls while the process lives. */
  counter(name: string, help: string, read: () => number): void;
  gauge(name: string, help: string, read: () => number): void;
}

export function readMetricsOf(registry: Registry): ReadMetrics {
  const registers = [registry];
  return {
    counter(name, help, read) {
      new Counter({
        name,
        help,
        registers,
        collect() {
          this.reset();
          this.inc(read());
        },
      });
    },
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
  };
}
