import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../serving/commands/suggest.ts';
import { captureOutput } from '../../support/captured-output.ts';
import { makeFolder, publishTexts } from '../../support/index-fixture.ts';

let folder: string;
let remove: () => Promise<void>;
let snapshot: string;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  snapshot = await publishTexts(folder, ['New York', 'newcastle', 'best of new york']);
});
afterAll(() => remove());

describe('foretype suggest', () => {
  it('prints a suggestion a line, best first', async () => {
    const io = captureOutput();
    expect(await run(['--index', folder, 'new'], io)).toBe(0);
    expect(io.out()).toBe('New York\nnewcastle\nbest of new york\n');
  });

  it('prints nothing when nothing is found', async () => {
    const io = captureOutput();
    expect(await run(['--index', folder, 'zzz'], io)).toBe(0);
    expect(io.out()).toBe('');
  });

  it('prints the best completions for an empty prefix', async () => {
    const io = captureOutput();
    expect(await run(['--index', folder, '', '--limit', '1'], io)).toBe(0);
    expect(io.out()).toBe('New York\n');
  });

  it('prints matched parts bold on a terminal', async () => {
    const io = captureOutput({ isTerminal: true });
    await run(['--index', folder, 'york ne', '--limit', '1'], io);
    expect(io.out()).toBe('\u001b[1mNe\u001b[22mw \u001b[1mYork\u001b[22m\n');
  });

  it('prints the answer of the API with --json', async () => {
    const io = captureOutput();
    await run(['--index', folder, '  New y', '--json', '--limit', '1', '--market', 'en'], io);
    expect(JSON.parse(io.out())).toEqual({
      snapshot,
      market: 'und',
      personalised: false,
      degraded: [],
      query: { text: 'New y', normalised: 'new y' },
      suggestions: [
        {
          id: expect.any(String),
          text: 'New York',
          kind: 'query',
          source: 'prefix',
          score: 1,
          matches: [{ start: 0, end: 5 }],
        },
      ],
    });
  });

  it('fails, saying what is missing, for a folder without an index', async () => {
    const io = captureOutput();
    expect(await run(['--index', `${folder}/absent`, 'new'], io)).toBe(1);
    expect(io.err()).toContain('expected an index with a current snapshot');
  });
});
