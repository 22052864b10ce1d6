import { readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../serving/commands/serve.ts';
import { openEventStore } from '../../../serving/events/event-store.ts';
import { captureOutput } from '../../support/captured-output.ts';
import { makeFolder, publishTexts } from '../../support/index-fixture.ts';

// The page is there after a build only, and it is not what is tested here.
vi.mock('../../../serving/web/static-files.ts', () => ({ readPageFiles: () => [] }));

let folder: string;
let remove: () => Promise<void>;
let data: string;
let removeData: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  ({ folder: data, remove: removeData } = await makeFolder());
});
afterEach(async () => {
  await remove();
  await removeData();
});

const at = (name: string) => path.join(folder, name);

async function serve(...args: string[]) {
  const io = captureOutput();
  return { code: await run(['--index', folder, '--port', '0', '--data', data, ...args], io), io };
}

describe('foretype serve', () => {
  it.each([
    [
      ['--synonyms', 'no market=f.txt'],
      "--synonyms: expected [MARKET=]FILE, got 'no market=f.txt'",
    ],
    [['--stop-words', 'de='], "--stop-words: expected [MARKET=]FILE, got 'de='"],
    [['--market', '?'], '--market: expected a BCP 47 tag'],
    [['--redis', 'http://x'], '--redis: expected redis[s]://'],
  ])('refuses %j as wrong usage', async (args, message) => {
    await expect(serve(...args)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(message),
    });
  });

  it('refuses a data folder in the index, however it is written', async () => {
    await symlink(folder, path.join(data, 'link'));
    for (const inside of [
      folder,
      at('data'),
      `${folder}/../${path.basename(folder)}/a/b`,
      `${data}/link/x`,
    ]) {
      await expect(serve('--data', inside)).rejects.toMatchObject({
        name: 'UsageError',
        message: expect.stringContaining('--data: expected a folder outside the index'),
      });
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not start when the data folder that was asked for cannot be made', async () => {
    await writeFile(path.join(data, 'file'), '');
    const { code, io } = await serve('--data', path.join(data, 'file', 'x'));
    expect(code).toBe(1);
    expect(io.err()).toMatch(/^foretype: cannot write to .*file\/x .*--data DIR\n$/);
  });

  it('does not start when another process writes the data folder, and lets it go when it does not start', async () => {
    const events = await openEventStore({ dataDir: data, report: () => {} });
    const { code, io } = await serve();
    expect(code).toBe(1);
    expect(io.err()).toContain(`${data} is in use: process ${process.pid}`);
    await events.close();
    expect((await serve()).code).toBe(1);
    await (await openEventStore({ dataDir: data, report: () => {} })).close();
  });

  it('does not start over a broken or missing lexicon file, and shows the lines', async () => {
    await publishTexts(folder, ['new york']);
    await writeFile(at('s.txt'), 'tv, telly\nradio');
    const broken = await serve('--synonyms', `en=${at('s.txt')}`);
    expect(broken.code).toBe(1);
    expect(broken.io.err()).toContain(`${at('s.txt')}:2: expected two terms or more`);
    const missing = await serve('--stop-words', at('absent.txt'));
    expect(missing.code).toBe(1);
    expect(missing.io.err()).toContain(`${at('absent.txt')}: cannot be read: ENOENT`);
  });

  it('does not start with a broken configuration, and shows the place', async () => {
    const model = path.join(data, 'model.json');
    await writeFile(model, '{ "format": 7 }');
    for (const [wrong, message] of [
      [{ corrections: { ratio: 0 } }, 'corrections.ratio: expected a number from 1 to'],
      [{ ranking: { positionBias: -1 } }, 'ranking.positionBias: expected a number from 0 to 3'],
      [{ ranking: { model } }, `ranking.model: ${model}: format: expected 1, got 7`],
    ] as const) {
      await writeFile(at('c.json'), JSON.stringify(wrong));
      await expect(serve('--config', at('c.json'))).rejects.toMatchObject({
        name: 'UsageError',
        message: expect.stringContaining(`${at('c.json')}: ${message}`),
      });
    }
    await expect(serve('--config', at('absent.json'))).rejects.toThrow('cannot be read');
  });
});
