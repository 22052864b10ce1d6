import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSnapshot } from '../../../index.ts';
import { readServeConfig } from '../../../serving/config/config-file.ts';
import { LexiconFiles } from '../../../serving/config/lexicon-files.ts';
import { LexiconHolder } from '../../../serving/config/lexicon-holder.ts';
import { type Service, startService } from '../../../serving/service.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { makeFolder, publishCompletions } from '../../support/index-fixture.ts';

let folder: string;
let remove: () => Promise<void>;
let service: Service | null = null;
let lines: string[];
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  lines = [];
});
afterEach(async () => {
  await service?.stop();
  service = null;
  await remove();
});

/** Nothing but synonyms comes between what was typed and what is found. */
const NO_CORRECTIONS = { enabled: false, ratio: 64, phonetics: false };
const COMPLETIONS = ['sofa bed', 'couch table', 'settee blue', 'divan rug'];
const write = (name: string, text: string) => writeFile(path.join(folder, name), text);

function publish(): Promise<string> {
  return publishCompletions(
    folder,
    COMPLETIONS.flatMap((text, place) => {
      const score = COMPLETIONS.length - place;
      const markets = [
        { market: 'en-GB', score },
        { market: 'en-US', score },
      ];
      return [{ surface: text, normalised: text, score: 2 * score, markets }];
    }),
  );
}

/** A service that looks at its files when it is told to only. */
async function start(): Promise<Service> {
  const file = path.join(folder, 'config.json');
  const log = (line: string) => lines.push(line);
  const files = new LexiconFiles({}, { file, content: await readServeConfig(file) }, log);
  const lexicon = new LexiconHolder(files, log);
  service = await startService({
    source: new IndexDirectory(folder, {
      lexicon: () => lexicon.current,
      corrections: NO_CORRECTIONS,
    }),
    lexicon,
    host: '127.0.0.1',
    port: 0,
    pollMs: 3_600_000,
    idleMs: 0,
    version: '0',
    log,
  });
  return service;
}

async function suggest(q: string, market = 'en-GB'): Promise<string[]> {
  const url = `${service?.address}/v1/suggest?q=${encodeURIComponent(q)}&market=${market}`;
  const { suggestions } = (await (await fetch(url)).json()) as {
    suggestions: { text: string; source: string }[];
  };
  return suggestions.map(({ text, source }) => `${source}: ${text}`);
}

describe('synonyms over HTTP', () => {
  it('hold in their market', async () => {
    await publish();
    await write('synonyms.txt', '[en-GB]\nsofa => settee');
    await write('config.json', '{ "synonyms": ["synonyms.txt"] }');
    await start();
    expect(await suggest('sofa')).toEqual(['prefix: sofa bed', 'synonym: settee blue']);
    expect(await suggest('sofa', 'en-US')).toEqual(['prefix: sofa bed']);
    expect(await suggest('settee')).toEqual(['prefix: settee blue']);
  });

  it('change with their file, without a rebuild or a restart, and remembered answers with them', async () => {
    await publish();
    await write('synonyms.txt', 'sofa => settee');
    await write('config.json', '{ "synonyms": ["synonyms.txt"] }');
    const { reload } = await start();
    expect(await suggest('sofa')).toEqual(['prefix: sofa bed', 'synonym: settee blue']);
    await write('synonyms.txt', 'sofa => couch');
    await reload();
    expect(await suggest('sofa')).toEqual(['prefix: sofa bed', 'synonym: couch table']);
    await write('other.txt', 'sofa, divan');
    await write('config.json', '{ "synonyms": ["other.txt"] }');
    await reload();
    expect(await suggest('sofa')).toEqual(['prefix: sofa bed', 'synonym: divan rug']);
    expect(await suggest('divan')).toEqual(['prefix: divan rug', 'synonym: sofa bed']);
  });

  it('stay as they are when the new file is broken, and the log says where', async () => {
    await publish();
    await write('synonyms.txt', 'sofa => settee');
    await write('config.json', '{ "synonyms": ["synonyms.txt"] }');
    const { reload } = await start();
    await write('synonyms.txt', 'sofa => couch\ndivan =>');
    await reload();
    expect(await suggest('sofa')).toEqual(['prefix: sofa bed', 'synonym: settee blue']);
    expect(lines.at(-1)).toContain('synonyms.txt:2: expected terms after =>, got nothing');
    await write('config.json', '{ "synonym": [] }');
    await reload();
    expect(lines.at(-1)).toContain('config.json: synonym: expected one of the keys');
    expect(await suggest('sofa')).toEqual(['prefix: sofa bed', 'synonym: settee blue']);
  });
});

describe('synonyms of the embedded engine', () => {
  it('are the text of a file', async () => {
    await publish();
    const snapshot = await openSnapshot(folder, {
      synonyms: '[en]\nsofa, couch',
      corrections: NO_CORRECTIONS,
    });
    const texts = (market: string) =>
      snapshot.suggest('sofa', { market }).suggestions.map(({ text }) => text);
    expect(texts('en-US')).toEqual(['sofa bed', 'couch table']);
    expect(texts('und')).toEqual(['sofa bed']);
  });

  it('stand beside stop words, without which a completion is found too', async () => {
    await publish();
    const corrections = NO_CORRECTIONS;
    const snapshot = await openSnapshot(folder, { stopWords: '[en]\nthe', corrections });
    const texts = (typed: string, market: string) =>
      snapshot.suggest(typed, { market }).suggestions.map(({ text }) => text);
    expect(texts('the sofa', 'en-US')).toEqual(['sofa bed']);
    expect(texts('that sofa', 'en-US')).toEqual([]);
    expect(texts('the sofa', 'und')).toEqual([]);
  });

  it('are refused with the lines that are wrong', async () => {
    await publish();
    await expect(openSnapshot(folder, { synonyms: '\nsofa' })).rejects.toMatchObject({
      name: 'LexiconError',
      problems: [{ line: 2 }],
      message: expect.stringContaining('synonyms:2: '),
    });
    await expect(openSnapshot(folder, { corrections: { ratio: 0 } })).rejects.toThrow(RangeError);
  });
});
