import { Counter, Gauge, type Registry } from 'prom-client';
import type { ProfileKeeper } from '../personal/profile-keeper.ts';
import type { GuardedStore } from '../stores/guarded-store.ts';
import { readMetricsOf } from './read-metrics.ts';

const STATES = ['closed', 'half-open', 'open'] as const;

/** Shows in `/metrics` what became of the profiles, and of the calls to their store. */
export function registerProfileMetrics(
  registry: Registry,
  keeper: ProfileKeeper,
  store: GuardedStore,
): void {
  const registers = [registry];
  const { counter, gauge } = readMetricsOf(registry);
  new Counter({
    name: 'foretype_store_keys_total',
    help: 'Keys of the feature store that were read, and written or deleted',
    labelNames: ['store', 'operation'],
    registers,
    collect() {
      this.reset();
      this.inc({ store: store.name, operation: 'read' }, store.counts.reads);
      this.inc({ store: store.name, operation: 'write' }, store.counts.writes);
    },
  });
  new Counter({
    name: 'foretype_store_failures_total',
    help: 'Calls to the feature store that timed out, failed, or were not made as it failed lately',
    labelNames: ['store', 'reason'],
    registers,
    collect() {
      this.reset();
      this.inc({ store: store.name, reason: 'timeout' }, store.counts.timeouts);
      this.inc({ store: store.name, reason: 'failed' }, store.counts.failures);
      this.inc({ store: store.name, reason: 'refused' }, store.counts.refused);
    },
  });
  new Gauge({
    name: 'foretype_store_breaker_state',
    help: 'Whether calls go to the feature store (closed), are tried (half-open) or not made (open): 1 for the state that holds',
    labelNames: ['store', 'state'],
    registers,
    collect() {
      this.reset();
      for (const state of STATES) {
        this.set({ store: store.name, state }, state === store.state ? 1 : 0);
      }
    },
  });
  counter(
    'foretype_store_breaker_opened_total',
    'Times that the feature store was given up for a while',
    () => store.opened,
  );
  gauge('foretype_profiles_cached', 'Profiles in memory', () => keeper.cached);
  gauge(
    'foretype_profiles_unwritten',
    'Profiles with events that the feature store lacks yet',
    () => keeper.changed,
  );
  gauge(
    'foretype_profiles_behind',
    'Whether accepted events are missing in the profiles (1), which are then folded from the log',
    () => (keeper.isBehind ? 1 : 0),
  );
  counter(
    'foretype_profile_events_replayed_total',
    'Events that were read from the log again for the profiles',
    () => keeper.counts.replayed,
  );
  counter(
    'foretype_profile_conflicts_total',
    'Profiles that another server had written first',
    () => keeper.counts.conflicts,
  );
  counter(
    'foretype_profiles_damaged_total',
    'Profiles that could not be read and began anew',
    () => keeper.counts.damaged,
  );
  counter(
    'foretype_profiles_fell_behind_total',
    'Times that profiles had to be folded from the log again while serving',
    () => keeper.counts.fellBehind,
  );
}
