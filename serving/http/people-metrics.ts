import { Counter, type Registry } from 'prom-client';
import type { People } from '../people/people.ts';
import { readMetricsOf } from './read-metrics.ts';

/** Shows in `/metrics` what became of served lists, and which erasures are not done. */
export function registerPeopleMetrics(
  registry: Registry,
  people: Pick<People, 'served' | 'pendingErasures'>,
): void {
  const registers = [registry];
  const { gauge } = readMetricsOf(registry);
  new Counter({
    name: 'foretype_served_lists_total',
    help: 'Lists of suggestions to be logged, by outcome: written, or dropped because too many waited, the disk refused them, or the log could not be opened',
    labelNames: ['outcome'],
    registers,
    collect() {
      const { written, dropped } = people.served.counts;
      this.reset();
      this.inc({ outcome: 'written' }, written);
      this.inc({ outcome: 'dropped' }, dropped);
    },
  });
  gauge(
    'foretype_served_log_open',
    'Whether the log of served lists could be opened (1); without it nothing is logged, and no user told or erased as a whole',
    () => (people.served.failure === null ? 1 : 0),
  );
  gauge(
    'foretype_erasures_pending',
    'Users whose erasure is not done, and goes on',
    () => people.pendingErasures,
  );
}
