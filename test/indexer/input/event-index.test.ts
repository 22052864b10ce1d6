import { appendFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Snapshot as Embedded, openSnapshot } from '../../../index.ts';
import { run } from '../../../indexer/commands/index.ts';
import { historyId, suggestionId } from '../../../indexer/events/suggestion-id.ts';
import type { EventIntake } from '../../../serving/events/event-intake.ts';
import { openEventStore } from '../../../serving/events/event-store.ts';
import { makeFolder } from '../../support/index-fixture.ts';
import { runCommand } from '../commands/command-run.ts';

const BEGIN_MS = Date.UTC(2025, 5, 1);
const MINUTE = 60_000;

/** Events with ids and times of their own, in the order in which they are sent. */
class Sender {
  readonly events: Record<string, unknown>[] = [];

  send(event: Record<string, unknown>): void {
    const number = this.events.length;
    this.events.push({ eventId: `e${number}`, at: BEGIN_MS + number * MINUTE, ...event });
  }

  search(query: string, users: readonly string[], rest: Record<string, unknown> = {}): void {
    for (const user of users) this.send({ type: 'search', query, user, ...rest });
  }
}

const users = (count: number, name = 'u') => Array.from({ length: count }, (_, i) => `${name}${i}`);

describe('an index of events', () => {
  let intake: EventIntake;
  let dataDir: string;
  let root: string;
  let remove: () => Promise<void>;
  let snapshot: Embedded;
  let report: string;
  const sender = new Sender();

  const index = async (events: string, name: string, more: readonly string[] = []) => {
    const out = path.join(root, name);
    const ran = await runCommand(run, ['--events', events, '--out', out, ...more]);
    expect(ran.code).toBe(0);
    report = ran.stdout;
    return openSnapshot(out);
  };
  const texts = (typed: string) => snapshot.suggest(typed).suggestions.map(({ text }) => text);

  beforeAll(async () => {
    ({ folder: root, remove } = await makeFolder());
    dataDir = path.join(root, 'data');
    intake = await openEventStore({ dataDir, now: () => BEGIN_MS + 1e9, report: () => {} });
    await intake.start();
    const hashOf = (user: string) => intake.hasher.hashUser(user);
    sender.search('Glass Marimba', users(6), { market: 'en-US', session: 's' });
    sender.search('glassworks', users(4));
    // Removed by one of five; and by one who searched anew.
    sender.search('shy topic', users(5));
    sender.send({ type: 'remove', user: 'u2', query: 'Shy  Topic' });
    sender.search('bold topic', users(5));
    sender.send({ type: 'remove', user: 'u2', query: 'bold topic' });
    sender.search('bold topic', ['u2']);
    sender.search('tiny topic', users(5));
    sender.send({ type: 'remove', user: 'u1', id: suggestionId('tiny topic') });
    sender.search('grey topic', users(5));
    sender.send({ type: 'remove', user: 'u1', id: historyId(hashOf('u1'), 'grey topic') });
    // The removal came first, the search that it removes later.
    const late = sender.events.length;
    sender.send({ type: 'remove', user: 'u3', query: 'late topic' });
    sender.search('late topic', users(5), { at: BEGIN_MS + (late - 1) * MINUTE });
    // Searched by clocks that are ahead, and removed by one that is right.
    sender.search('fast topic', users(5), { at: BEGIN_MS + 1_000 * MINUTE });
    sender.send({ type: 'remove', user: 'u2', query: 'fast topic' });
    const at = BEGIN_MS + 90 * MINUTE;
    sender.search('even topic', users(5), { at });
    sender.send({ type: 'remove', user: 'u2', query: 'even topic', at });
    sender.search('even topic', ['u2'], { at });
    for (let i = 0; i < 9; i++) {
      sender.send({ type: 'search', query: 'nobody asks', session: `s${i}` });
      sender.send({ type: 'search', query: 'nobody asks' });
    }
    sender.search('both ask', users(4));
    for (let i = 0; i < 9; i++) sender.send({ type: 'search', query: 'both ask' });
    sender.send({ type: 'video', video: 'v1', title: 'An old title', creator: 'c1' });
    sender.send({ type: 'video', video: 'v1', title: 'Glass marimba lesson', creator: 'c1' });
    sender.search('marimba mallets', users(6), { video: 'v1' });
    for (const user of users(6)) {
      sender.send({ type: 'watch', video: 'v1', seconds: 9, user });
      sender.search('vibraphone', [user]);
    }
    for (const user of users(6)) {
      const text = 'I would love to hear Glass Marimba again';
      sender.send({ type: 'comment', comment: `c-${user}`, video: 'v1', text, user });
    }
    sender.send({
      ...{ type: 'impression', requestId: 'r', surface: 'suggest' },
      items: [{ id: 'x', position: 1 }],
    });
    sender.send({ type: 'click', requestId: 'r', surface: 'suggest', id: 'x', position: 1 });
    const answer = await intake.accept(sender.events, 1000);
    expect(answer).toEqual({ accepted: sender.events.length, duplicates: 0, rejected: [] });
    // The server still has the log open.
    snapshot = await index(dataDir, 'index');
  });
  afterAll(async () => {
    await intake.close();
    await remove();
  });

  it('completes what enough users searched, and nothing else', () => {
    expect(texts('glass')).toEqual(['Glass Marimba']);
    expect(snapshot.manifest.markets).toContainEqual({ market: 'en-US', completions: 1 });
  });

  it('leaves out what users removed, until they searched it anew', () => {
    for (const gone of ['shy', 'tiny', 'grey', 'late', 'fast']) expect(texts(gone)).toEqual([]);
    for (const kept of ['bold', 'even']) expect(texts(kept)).toEqual([`${kept} topic`]);
    expect(report).toMatch(/left out +7 searches that their users removed/);
  });

  it('counts searches that name no user as those of one', () => {
    expect(texts('nobody')).toEqual([]);
    expect(texts('both')).toEqual([]);
  });

  it('knows what is searched with, and after, a video, and its latest text', () => {
    const shown = snapshot.related({ video: 'v1' }).suggestions;
    expect(shown.map(({ text }) => text).sort()).toEqual([
      'Glass Marimba',
      'marimba mallets',
      'vibraphone',
    ]);
    expect(report).toMatch(/after videos +1 videos known, 2 pairs searched/);
    expect(report).toMatch(/left out +1 videos that a later event replaced/);
  });

  it('links what comments name', () => {
    const [linked] = snapshot.entities([{ id: 'a', text: 'more glass marimba please' }]);
    expect(linked?.entities.map(({ query }) => query)).toContain('Glass Marimba');
  });

  it('says in its manifest up to where it counts', () => {
    expect(snapshot.manifest.events).toEqual({
      offset: sender.events.length,
      arrivedMs: BEGIN_MS + 1e9,
    });
    expect(report).toMatch(new RegExp(`events read +${sender.events.length}:`));
  });

  it('is the same from the log itself, and beside a write that did not finish', async () => {
    const log = path.join(dataDir, 'events');
    const [file = ''] = (await readdir(log)).filter((name) => name.endsWith('.events'));
    await appendFile(path.join(log, file), 'FTG1 and a part of a frame');
    const again = await index(log, 'again');
    expect(again.name).toBe(snapshot.name);
  });

  it('counts only what lies before --as-of', async () => {
    const asOf = new Date(BEGIN_MS + 5 * MINUTE).toISOString();
    const early = await index(dataDir, 'early', ['--as-of', asOf]);
    expect(early.manifest.completions).toBe(1);
  });
});

describe('foretype index --events', () => {
  it('is wrong usage where there is no log, and fails on a damaged one', async () => {
    const { folder, remove } = await makeFolder();
    const args = ['--events', folder, '--out', path.join(folder, 'out')];
    await expect(runCommand(run, args)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('found no event log'),
    });
    await appendFile(path.join(folder, '0000000000000000.events'), 'x'.repeat(64));
    await expect(runCommand(run, args)).rejects.toMatchObject({
      code: 'unreadable-input',
      message: expect.stringContaining('0000000000000000.events'),
    });
    await remove();
  });

  it('has nothing to index in a log without events, and says so', async () => {
    const { folder, remove } = await makeFolder();
    const intake = await openEventStore({ dataDir: folder, report: () => {} });
    await intake.close();
    const args = ['--events', folder, '--out', path.join(folder, 'out')];
    await expect(runCommand(run, args)).rejects.toMatchObject({ code: 'no-rows' });
    await remove();
  });
});
