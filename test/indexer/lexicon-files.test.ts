import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSnapshot } from '../../index.ts';
import { run } from '../../indexer/commands/index.ts';
import { readLexicon } from '../../indexer/lexicon-files.ts';
import { runCommand } from './commands/command-run.ts';

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-lexicon-'));
  await writeFile(
    at('log.csv'),
    'query,count,market\nsofa bed,4,en-GB\ncouch table,3,en-GB\ndivan rug,2,en-GB\n',
  );
  await writeFile(at('all.txt'), 'sofa, couch');
  await writeFile(at('british.txt'), 'sofa => divan');
  await writeFile(at('broken.txt'), '# furniture\nsofa\n=> couch');
  await writeFile(at('stop.txt'), 'the\n[de]\nder');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const index = (...args: string[]) =>
  runCommand(run, ['--queries', at('log.csv'), '--out', at('out'), ...args]);

describe('foretype index with synonyms and stop words', () => {
  it('keeps them in the snapshot, each in its market', async () => {
    const files = [at('all.txt'), `en-gb=${at('british.txt')}`];
    const { code, stdout } = await index('--synonyms', ...files, '--stop-words', at('stop.txt'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^lexicon +synonym rules 2, stop words 2$/m);
    const corrections = { enabled: false };
    const snapshot = await openSnapshot(at('out'), { corrections, synonyms: '[en]\nbed, rug' });
    const suggest = (typed: string) => snapshot.suggest(typed).suggestions.map(({ text }) => text);
    expect(suggest('sofa')).toEqual(['sofa bed', 'couch table', 'divan rug']);
    expect(suggest('couch ')).toEqual(['couch table', 'sofa bed']);
  });

  it('ends with the wrong lines of a broken file, before it reads rows', async () => {
    const failed = index('--synonyms', at('all.txt'), at('broken.txt'));
    await expect(failed).rejects.toMatchObject({ name: 'BuildError', code: 'malformed-lexicon' });
    await expect(failed).rejects.toThrow(
      /broken\.txt:2: expected two terms [^\n]*\n[^\n]*broken\.txt:3: expected terms before/,
    );
  });

  it('says which file cannot be read, as for its other files', async () => {
    await expect(index('--stop-words', at('absent.txt'))).rejects.toMatchObject({
      name: 'BuildError',
      code: 'unreadable-input',
      message: expect.stringContaining(`${at('absent.txt')}: cannot be read`),
    });
  });

  it.each([
    ['--synonyms', 'no market=x.txt'],
    ['--stop-words', 'en='],
  ])('refuses %s %j as wrong usage', async (option, value) => {
    await expect(index(option, value)).rejects.toMatchObject({
      name: 'UsageError',
      message: `${option}: expected [MARKET=]FILE, got ${JSON.stringify(value)}`,
    });
  });
});

describe('the lexicon of a build', () => {
  it('is all that its files say', async () => {
    const name = (file: string) => ({ file: at(file), market: 'und' });
    const lexicon = await readLexicon({
      synonyms: [name('all.txt'), name('british.txt')],
      stopWords: [name('stop.txt')],
    });
    expect([lexicon.ruleCount, lexicon.stopWordCount]).toEqual([2, 2]);
    expect((await readLexicon({ synonyms: [], stopWords: [] })).isEmpty).toBe(true);
  });
});
