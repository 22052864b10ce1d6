import path from 'node:path';
import { brandCompletion } from '../../indexer/segment/completion-id.ts';
import { openEventStore } from '../../serving/events/event-store.ts';
import { Enricher } from '../../serving/personal/enricher.ts';
import { type Service, startService } from '../../serving/service.ts';
import { IndexDirectory } from '../../serving/snapshot/index-directory.ts';
import type { SnapshotContent } from '../../serving/snapshot/snapshot-content.ts';
import { openFeatureStore } from '../../serving/stores/open-feature-store.ts';
import { Random } from '../simulate/random.ts';
import { MIN_USERS } from './http-world.ts';
import { PEOPLE, searchesOf, sessionOf } from './known-people.ts';

/** How long ago that was. */
const FRESH_MS = 2_400_000;

/**
 * All that `foretype serve` runs, on a free port, over a data folder of its own: the log of events, profiles in LMDB, live counts, click rates, sessions, fresh completions, and the log of
 * served lists. The known people's searches came in as events, and a hundred more texts that five people each searched and no snapshot has.
 */
export async function startWholeService(
  indexDir: string,
  dataDir: string,
  seed: number,
): Promise<Service> {
  const report = () => {};
  const enricher = new Enricher();
  const enrich = enricher.enrich.bind(enricher);
  const events = await openEventStore({ dataDir: path.join(dataDir, 'data'), report, enrich });
  const features = await openFeatureStore(path.join(dataDir, 'data'), {}, report);
  const service = await startService({
    source: new IndexDirectory(indexDir),
    ...{ host: '127.0.0.1', port: 0, pollMs: 60_000, version: '0', log: report },
    ...{ events, features, enricher },
  });
  const content = service.holder.current?.content;
  if (content === undefined) throw new Error('expected a snapshot with its content');
  const random = new Random(seed);
  const nowMs = Date.now();
  for (let person = 0; person < PEOPLE; person++) {
    const whose = { user: String(person), session: sessionOf(person) };
    const own = searchesOf(person, content, random, nowMs);
    const fresh = freshSearchOf(person, content, nowMs);
    const batch = [...own, fresh].map(({ atMs, ...event }) => ({ ...event, ...whose, at: atMs }));
    const { accepted } = await events.accept(batch, batch.length * 100);
    if (accepted !== batch.length) throw new Error('expected all searches to be accepted');
  }
  return service;
}

/** What a person searched that no snapshot has, and just enough others did. */
function freshSearchOf(person: number, { segment }: SnapshotContent, nowMs: number) {
  const popular = segment.surfaceText(brandCompletion(Math.floor(person / MIN_USERS)));
  const query = `${popular} lately`;
  return { type: 'search', eventId: `fresh-${person}`, atMs: nowMs - FRESH_MS, query } as const;
}
