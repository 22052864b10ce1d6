import { Counter, Histogram, type Registry } from 'prom-client';
import type { EventIntake } from '../events/event-intake.ts';
import { readMetricsOf } from './read-metrics.ts';

/** Seconds; from a fast disk's fsync to one that is in trouble. */
const SYNC_BOUNDS_S = [0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 0.5, 2];

/** Shows in `/metrics` what an intake did and what waits. */
export function registerEventMetrics(registry: Registry, intake: EventIntake): void {
  const registers = [registry];
  const { counts } = intake;
  const { counter, gauge } = readMetricsOf(registry);
  const labelled = (name: string, help: string, label: string, by: ReadonlyMap<string, number>) =>
    new Counter({
      name,
      help,
      labelNames: [label],
      registers,
      collect() {
        this.reset();
        for (const [value, count] of by) this.inc({ [label]: value }, count);
      },
    });
  counter('foretype_events_accepted_total', 'Events accepted', () => counts.accepted);
  counter(
    'foretype_events_duplicates_total',
    'Events whose id had been accepted before',
    () => counts.duplicates,
  );
  labelled('foretype_events_rejected_total', 'Events not taken, by code', 'code', counts.rejected);
  counter(
    'foretype_event_batches_refused_total',
    'Batches refused with 429 because too much waited to be written',
    () => counts.refused,
  );
  counter(
    'foretype_event_batches_failed_total',
    'Batches refused with 503 because they could not be made durable',
    () => counts.failed,
  );
  labelled(
    'foretype_event_listener_failures_total',
    'Accepted events that a part of the server failed to fold in',
    'listener',
    counts.listenerFailures,
  );
  counter(
    'foretype_events_replayed_total',
    'Events read from the log at the start',
    () => counts.replayed,
  );
  gauge('foretype_events_waiting', 'Events that wait to be durable', () => counts.waitingEvents);
  gauge(
    'foretype_events_waiting_bytes',
    'Bytes of batches that wait to be durable',
    () => counts.waitingBytes,
  );
  gauge('foretype_event_log_records', 'Events in the log', () => intake.log.end - intake.log.first);
  gauge(
    'foretype_event_ids_remembered',
    'Ids of accepted events that would be noticed again',
    () => intake.remembered.count,
  );
  const syncs = new Histogram({
    name: 'foretype_event_log_fsync_seconds',
    help: 'Time of an fsync of the event log, each of which makes one group of batches durable',
    buckets: SYNC_BOUNDS_S,
    registers,
  });
  counts.onSync = (tookMs) => syncs.observe(tookMs / 1000);
}
