import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { makeFolder, publishTexts } from '../../support/index-fixture.ts';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
afterEach(() => remove());

describe('IndexDirectory', () => {
  it('has no current snapshot before one is published', async () => {
    expect(await new IndexDirectory(folder).readCurrent()).toBeNull();
    expect(await new IndexDirectory(path.join(folder, 'absent')).readCurrent()).toBeNull();
  });

  it('opens the published snapshot and answers from it', async () => {
    const name = await publishTexts(folder, ['New York', 'newcastle']);
    const directory = new IndexDirectory(folder);
    expect(await directory.readCurrent()).toBe(name);
    const { engine, ...described } = await directory.open(name);
    expect(described).toMatchObject({
      name,
      completions: 2,
      markets: ['und'],
      rules: ['min-users:1', 'personal-data'],
    });
    const { suggestions } = engine.suggest('new', { limit: 10 });
    expect(suggestions.map(({ text }) => text)).toEqual(['New York', 'newcastle']);
  });

  it('follows current to the snapshot that was published last', async () => {
    await publishTexts(folder, ['one']);
    const second = await publishTexts(folder, ['two']);
    expect(await new IndexDirectory(folder).readCurrent()).toBe(second);
  });

  it('throws for a flipped byte anywhere in a snapshot', async () => {
    const name = await publishTexts(folder, ['New York', 'newcastle']);
    const files = await readdir(path.join(folder, 'snapshots', name));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const place = path.join(folder, 'snapshots', name, file);
      const intact = await readFile(place);
      for (let offset = 0; offset < intact.length; offset += 97) {
        const broken = Buffer.from(intact);
        broken[offset] = (broken[offset] ?? 0) ^ 0x10;
        await writeFile(place, broken);
        await expect(new IndexDirectory(folder).open(name)).rejects.toThrow();
      }
      await writeFile(place, intact);
    }
    await new IndexDirectory(folder).open(name);
  });
});
