import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { EventIntake } from '../../../serving/events/event-intake.ts';
import { openEventStore } from '../../../serving/events/event-store.ts';
import { Enricher } from '../../../serving/personal/enricher.ts';
import { type Service, type ServiceOptions, startService } from '../../../serving/service.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import type { GuardedStore } from '../../../serving/stores/guarded-store.ts';
import { openFeatureStore } from '../../../serving/stores/open-feature-store.ts';
import { makeFolder, publishTexts } from '../../support/index-fixture.ts';

export const KEY = 'the admin key';
export const AUTHORISED = { authorization: `Bearer ${KEY}` };

/** A server over a data folder that can be stopped and started again. */
export class PeopleServer {
  readonly folder: string;
  readonly lines: string[] = [];
  service!: Service;
  events!: EventIntake;
  features!: GuardedStore;
  readonly #remove: () => Promise<void>;
  #sent = 0;

  private constructor(folder: string, remove: () => Promise<void>) {
    this.folder = folder;
    this.#remove = remove;
  }

  static async start(more: Partial<ServiceOptions> = {}): Promise<PeopleServer> {
    const { folder, remove } = await makeFolder();
    await publishTexts(path.join(folder, 'index'), ['new york', 'news', 'newcastle', 'new shoes']);
    const server = new PeopleServer(folder, remove);
    await server.open(more);
    return server;
  }

  get dataDir(): string {
    return path.join(this.folder, 'data');
  }

  async open(more: Partial<ServiceOptions> = {}): Promise<void> {
    const report = (line: string) => this.lines.push(line);
    const enricher = new Enricher();
    this.events = await openEventStore({
      dataDir: this.dataDir,
      report,
      enrich: (record) => enricher.enrich(record),
    });
    this.features = await openFeatureStore(this.dataDir, { timeoutMs: 5_000 }, report);
    this.service = await startService({
      source: new IndexDirectory(path.join(this.folder, 'index')),
      ...{ host: '127.0.0.1', port: 0, pollMs: 3_600_000, version: '0', adminKey: KEY },
      ...{ log: report, events: this.events, features: this.features, enricher },
      ...more,
    });
  }

  async close(): Promise<void> {
    await this.service.stop();
    await this.features.close();
    await this.events.close();
  }

  async restart(more: Partial<ServiceOptions> = {}): Promise<void> {
    await this.close();
    await this.open(more);
  }

  async dispose(): Promise<void> {
    await this.close();
    await this.#remove();
  }

  async send(...events: readonly object[]): Promise<void> {
    const batch = events.map((event) => ({
      eventId: `e-${process.pid}-${this.#sent++}`,
      at: Date.now(),
      ...event,
    }));
    const answer = await fetch(`${this.service.address}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(batch),
    });
    const body = await answer.json();
    if (answer.status !== 202 || body.accepted !== batch.length) {
      throw new Error(`expected all to be accepted, got ${JSON.stringify(body)}`);
    }
  }

  async suggest(query: string) {
    const answer = await fetch(`${this.service.address}/v1/suggest?${query}`);
    const body = await answer.json();
    if (answer.headers.get('x-request-id') !== body.requestId) throw new Error('ids differ');
    return body;
  }

  request(user: string, method = 'GET', headers: Record<string, string> = AUTHORISED) {
    return fetch(`${this.service.address}/v1/users/${user}`, { method, headers });
  }

  async export(user: string) {
    return (await this.request(user)).json();
  }

  async erase(user: string) {
    return (await this.request(user, 'DELETE')).json();
  }

  /** The bytes of all files of the data folder, by path; the secret is none of theirs. */
  async files(): Promise<Map<string, Buffer>> {
    const names = await readdir(this.dataDir, { recursive: true, withFileTypes: true });
    const files = new Map<string, Buffer>();
    for (const entry of names) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      files.set(path.relative(this.dataDir, file), await readFile(file));
    }
    return files;
  }

  /** Files that hold one of the words. */
  async filesWith(...words: readonly string[]): Promise<readonly string[]> {
    const found = [...(await this.files())].filter(([, bytes]) =>
      words.some((word) => bytes.includes(word)),
    );
    return found.map(([name]) => name).sort();
  }
}

/** All that an event log has. */
export async function recordsIn(events: EventIntake) {
  const records = [];
  for await (const { record } of events.log.read(0)) records.push(record);
  return records;
}
