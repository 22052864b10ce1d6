import path from 'node:path';
import { openEventStore } from '../../serving/events/event-store.ts';
import { Enricher } from '../../serving/personal/enricher.ts';
import { type Service, startService } from '../../serving/service.ts';
import { IndexDirectory } from '../../serving/snapshot/index-directory.ts';
import { openFeatureStore } from '../../serving/stores/open-feature-store.ts';
import { Random } from '../simulate/random.ts';
import { PEOPLE, searchesOf, sessionOf } from './known-people.ts';

/**
 * All that `foretype serve` runs, on a free port, over a data folder of its own: the log of events, profiles in LMDB, live counts, click rates, sessions, fresh completions, and the log of
 * served lists. The known people's searches came in as events.
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
  for (let person = 0; person < PEOPLE; person++) {
    const whose = { user: String(person), session: sessionOf(person) };
    const batch = [...searchesOf(person, content, random, Date.now())].map(
      ({ atMs, ...event }) => ({
        ...{ ...event, ...whose, at: atMs },
      }),
    );
    const { accepted } = await events.accept(batch, batch.length * 100);
    if (accepted !== batch.length) throw new Error('expected all searches to be accepted');
  }
  return service;
}
