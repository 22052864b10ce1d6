import { describe, expect, it } from 'vitest';
import type { LexiconSet } from '../../../dictionaries/lexicon/lexicon-set.ts';
import { parseSynonyms } from '../../../dictionaries/lexicon/synonym-file.ts';
import { LexiconHolder, type LexiconSource } from '../../../serving/config/lexicon-holder.ts';

/** One file of synonyms in memory; an `Error` as text is thrown at reading. */
class FakeFile implements LexiconSource {
  reads = 0;
  stamp: string | null = null;
  text: string | Error;

  constructor(text: string) {
    this.text = text;
  }

  async readStamp(): Promise<string> {
    return this.stamp ?? String(this.text);
  }

  async read(): Promise<LexiconSet> {
    this.reads++;
    if (this.text instanceof Error) throw this.text;
    return parseSynonyms(this.text, 'synonyms.txt');
  }
}

async function hold(text: string) {
  const file = new FakeFile(text);
  const lines: string[] = [];
  const holder = new LexiconHolder(file, (line) => lines.push(line));
  await holder.load();
  const found = (typed: string) =>
    holder.current
      .forMarket('und')
      .replacementsIn(typed)
      .map((each) => each.text);
  return { file, lines, holder, found };
}

describe('LexiconHolder', () => {
  it('has nothing before it is loaded', () => {
    const holder = new LexiconHolder(new FakeFile('tv, telly'), () => {});
    expect(holder.current.isEmpty).toBe(true);
    expect(holder.version).toBe(0);
  });

  it('rejects when the first version is broken', async () => {
    await expect(hold('tv')).rejects.toThrow('synonyms.txt:1: ');
  });

  it('reads again what changed, and only that', async () => {
    const { file, lines, holder, found } = await hold('tv, telly');
    expect(found('tv')).toEqual(['telly']);
    expect(await holder.refresh()).toBe('unchanged');
    expect(file.reads).toBe(1);
    file.text = 'tv, box\n[de]\na, b';
    expect(await holder.refresh()).toBe('swapped');
    expect(found('tv')).toEqual(['box']);
    expect(holder.version).toBe(2);
    expect(lines).toEqual([
      'in force beside those of the snapshot: synonym rules 1, stop words 0',
      'in force beside those of the snapshot: synonym rules 2, stop words 0',
    ]);
  });

  it('keeps what is in force when the new version is broken, and says so once', async () => {
    const { file, lines, holder, found } = await hold('tv, telly');
    file.text = 'tv, box\nradio';
    expect(await holder.refresh()).toBe('refused');
    expect(await holder.refresh()).toBe('refused');
    expect(file.reads).toBe(2);
    expect(found('tv')).toEqual(['telly']);
    expect(holder.version).toBe(1);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^refused synonyms[^\n]*\nsynonyms\.txt:2: expected two terms/),
    ]);
    file.text = 'tv, box';
    expect(await holder.refresh()).toBe('swapped');
    expect(found('tv')).toEqual(['box']);
  });

  it('looks again at a file that could not be read, though it looks the same', async () => {
    const { file, lines, holder } = await hold('tv, telly');
    file.stamp = 'changed';
    file.text = new Error('EIO');
    expect(await holder.refresh()).toBe('refused');
    expect(await holder.refresh()).toBe('refused');
    expect(file.reads).toBe(3);
    expect(lines).toHaveLength(2);
    file.text = 'tv, box';
    expect(await holder.refresh()).toBe('swapped');
  });

  it('reads in any case when it is told to', async () => {
    const { file, holder } = await hold('tv, telly');
    expect(await holder.refresh({ always: true })).toBe('swapped');
    expect(file.reads).toBe(2);
  });

  it('shares one look between calls that overlap', async () => {
    const { file, holder } = await hold('tv, telly');
    file.text = 'tv, box';
    expect(await Promise.all([holder.refresh(), holder.refresh()])).toEqual(['swapped', 'swapped']);
    expect(file.reads).toBe(2);
  });

  it('polls until it is stopped', async () => {
    const { file, holder, found } = await hold('tv, telly');
    let poll: (() => void) | null = null;
    holder.startPolling(1_000, (task) => {
      poll = task;
      return () => {
        poll = null;
      };
    });
    file.text = 'tv, box';
    (poll as unknown as () => void)();
    await holder.refresh();
    expect(found('tv')).toEqual(['box']);
    holder.stopPolling();
    expect(poll).toBeNull();
  });
});
