import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readServeConfig } from '../../../serving/config/config-file.ts';
import { type LexiconFileLists, LexiconFiles } from '../../../serving/config/lexicon-files.ts';
import { makeFolder } from '../../support/index-fixture.ts';

let folder: string;
let remove: () => Promise<void>;
let changes: string[];
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  changes = [];
});
afterEach(() => remove());

const at = (name: string) => path.join(folder, name);
const write = (name: string, text: string) => writeFile(at(name), text);

async function open(given: LexiconFileLists, config?: string): Promise<LexiconFiles> {
  const read =
    config === undefined ? null : { file: at(config), content: await readServeConfig(at(config)) };
  return new LexiconFiles(given, read, (file) => changes.push(path.basename(file)));
}

async function found(files: LexiconFiles, typed: string, market = 'und'): Promise<string[]> {
  const lexicon = (await files.read()).forMarket(market);
  return lexicon.replacementsIn(typed).map(({ text }) => text);
}

describe('LexiconFiles', () => {
  it('puts all files together', async () => {
    await write('a.txt', 'tv, telly');
    await write('b.txt', 'tv, television');
    await write('c.txt', 'the');
    const files = await open({
      synonyms: [
        { file: at('a.txt'), market: 'und' },
        { file: at('b.txt'), market: 'en' },
      ],
      stopWords: [{ file: at('c.txt'), market: 'en' }],
    });
    expect(await found(files, 'tv', 'en-US')).toEqual(['television', 'telly']);
    expect(await found(files, 'tv', 'de')).toEqual(['telly']);
    expect((await files.read()).forMarket('en').isStopWord('the')).toBe(true);
  });

  it('takes the files of a configuration, where the command line names none of the kind', async () => {
    await write('a.txt', 'tv, telly');
    await write('b.txt', 'tv, box');
    await write('c.txt', 'the');
    await write('c.json', '{ "synonyms": ["a.txt"], "stopWords": ["c.txt"] }');
    expect(await found(await open({}, 'c.json'), 'tv')).toEqual(['telly']);
    const given = await open({ synonyms: [{ file: at('b.txt'), market: 'und' }] }, 'c.json');
    expect(await found(given, 'tv')).toEqual(['box']);
    expect((await given.read()).forMarket('und').isStopWord('the')).toBe(true);
  });

  it('changes its stamp when a file is written, removed or made', async () => {
    await write('a.txt', 'tv, telly');
    const files = await open({ synonyms: [{ file: at('a.txt'), market: 'und' }] });
    const stamps = [await files.readStamp()];
    expect(await files.readStamp()).toBe(stamps[0]);
    await write('a.txt', 'tv, telly, box');
    stamps.push(await files.readStamp());
    await rm(at('a.txt'));
    stamps.push(await files.readStamp());
    await write('a.txt', 'tv');
    stamps.push(await files.readStamp());
    expect(new Set(stamps).size).toBe(4);
  });

  it('says which file cannot be read, and which line is wrong', async () => {
    const files = await open({ synonyms: [{ file: at('a.txt'), market: 'und' }] });
    await expect(files.read()).rejects.toThrow(`${at('a.txt')}: cannot be read: ENOENT`);
    await write('a.txt', '\ntv');
    await expect(files.read()).rejects.toThrow(`${at('a.txt')}:2: expected two terms`);
  });

  it('follows the list of a configuration, and tells that its other settings wait', async () => {
    await write('a.txt', 'tv, telly');
    await write('b.txt', 'tv, box');
    await write('c.json', '{ "synonyms": ["a.txt"], "market": "en" }');
    const files = await open({}, 'c.json');
    const before = await files.readStamp();
    await write('c.json', '{ "synonyms": ["b.txt"], "market": "en", "corrections": {} }');
    expect(await files.readStamp()).not.toBe(before);
    expect(await found(files, 'tv')).toEqual(['box']);
    expect(changes).toEqual([]);
    await write('c.json', '{ "synonyms": ["b.txt"], "market": "de" }');
    expect(await found(files, 'tv')).toEqual(['box']);
    expect(changes).toEqual(['c.json']);
  });
});
