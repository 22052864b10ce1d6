import { appendFile, readdir, readFile, truncate, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SeenIdFiles } from '../../../serving/events/seen-id-files.ts';
import { makeFolder } from '../../support/index-fixture.ts';

let folder: string;
let remove: () => Promise<void>;
let faults: string[];
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  faults = [];
});
afterEach(() => remove());

const REMEMBERED = 90;

/** The log is asked for its ends alone. */
function open(end: number, first = 0) {
  const log = { first, end } as Parameters<typeof SeenIdFiles.open>[0]['log'];
  const onFault = (line: string) => faults.push(line);
  return SeenIdFiles.open({ folder, log, onFault, remembered: REMEMBERED });
}

/** Adds the ids of records up to `to`, as a start or an intake does. */
function add(files: SeenIdFiles, to: number): void {
  for (let offset = files.end; offset < to; offset++) files.ids.add(`e${offset}`, offset);
}

function expectRemembered(files: SeenIdFiles, end: number): void {
  expect(files.end).toBe(end);
  for (let offset = Math.max(0, end - REMEMBERED); offset < end; offset++) {
    expect(files.ids.has(`e${offset}`), `id ${offset}`).toBe(true);
  }
  expect(files.ids.has(`e${end}`)).toBe(false);
}

const names = async () => (await readdir(folder)).sort();

describe('remembered ids', () => {
  it('are known again after any number of restarts, in a bounded number of files', async () => {
    let end = 0;
    for (const more of [0, 1, 29, 30, 31, 100, 250, 7]) {
      const files = await open(end);
      expectRemembered(files, end);
      end += more;
      add(files, end);
      expectRemembered(files, end);
      await files.close();
      expect((await names()).length).toBeLessThanOrEqual(4);
    }
    expectRemembered(await open(end), end);
    expect(faults).toEqual([]);
  });

  it('that were not written before a crash are to be added from the log', async () => {
    const files = await open(0);
    add(files, 20);
    await files.close();
    const again = await open(20);
    add(again, 50);
    // No close.
    const after = await open(50);
    expect(after.end).toBeGreaterThanOrEqual(20);
    add(after, 50);
    expectRemembered(after, 50);
  });

  it('are added from the log from the first byte on that differs, wherever that is', async () => {
    const files = await open(0);
    add(files, 100);
    await files.close();
    const contents = new Map<string, Buffer>();
    for (const name of await names()) contents.set(name, await readFile(path.join(folder, name)));
    expect(contents.size).toBe(4);
    for (const [name, content] of contents) {
      for (let at = 0; at < content.length; at += 5) {
        for (const change of ['flip', 'cut', 'append'] as const) {
          for (const each of await names()) await unlink(path.join(folder, each));
          for (const [each, bytes] of contents) await writeFile(path.join(folder, each), bytes);
          const file = path.join(folder, name);
          if (change === 'cut') await truncate(file, at);
          else if (change === 'append') await appendFile(file, Buffer.alloc(at + 1, 7));
          else {
            const changed = Buffer.from(content);
            changed[at]! ^= 4;
            await writeFile(file, changed);
          }
          const damaged = await open(100);
          add(damaged, 100);
          expectRemembered(damaged, 100);
          await damaged.close();
          const mended = await open(100);
          expectRemembered(mended, 100);
        }
      }
    }
  });

  it('of another log are forgotten', async () => {
    const files = await open(0);
    add(files, 50);
    await files.close();
    const other = await open(10);
    expect(faults).toEqual([expect.stringContaining('do not belong to this log')]);
    expect(other.end).toBe(0);
    expect(other.ids.has('e3')).toBe(false);
  });

  it('without files begin where enough are read, or where the log begins', async () => {
    expect((await open(1_000)).end).toBe(1_000 - REMEMBERED);
    expect((await open(1_000, 950)).end).toBe(950);
  });

  it('are kept in memory when they cannot be written, which is told once', async () => {
    const files = await open(0);
    await writeFile(path.join(folder, 'x'), '');
    await remove();
    add(files, 200);
    await files.close();
    expectRemembered(files, 200);
    expect(faults).toEqual([expect.stringContaining('cannot be written')]);
    await makeFolder();
  });
});
