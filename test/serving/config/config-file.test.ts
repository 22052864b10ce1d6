import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MODEL } from '../../../ranking/rankers/default-model.ts';
import {
  ConfigError,
  parseServeConfig,
  readServeConfig,
} from '../../../serving/config/config-file.ts';
import { DEFAULT_ENGINE_SETTINGS } from '../../../serving/engine-settings.ts';
import { makeFolder } from '../../support/index-fixture.ts';

const parse = (value: unknown) => parseServeConfig(JSON.stringify(value), '/etc/foretype/c.json');

describe('a configuration file', () => {
  it('says what it says and nothing else', () => {
    expect(parse({})).toEqual({});
    expect(
      parse({
        corrections: { enabled: false, ratio: 1.5, phonetics: false },
        inputMethods: false,
        entities: { leastScore: 0.7, leastUnknownScore: 1 },
        market: 'EN-us',
        stopWords: [],
      }),
    ).toEqual({
      corrections: { enabled: false, ratio: 1.5, phonetics: false },
      inputMethods: false,
      entities: { leastScore: 0.7, leastUnknownScore: 1 },
      market: 'en-US',
      stopWords: [],
    });
  });

  it('names files from the folder that it lies in', () => {
    expect(parse({ synonyms: ['a.txt', 'de=words/b.txt', '*=/srv/c.txt'] }).synonyms).toEqual([
      { market: 'und', file: path.resolve('/etc/foretype/a.txt') },
      { market: 'de', file: path.resolve('/etc/foretype/words/b.txt') },
      { market: 'und', file: path.resolve('/srv/c.txt') },
    ]);
  });

  it.each([
    [[], 'the whole: expected an object, got []'],
    [null, 'the whole: expected an object, got null'],
    [
      { synonymes: [] },
      'synonymes: expected one of the keys synonyms, stopWords, corrections, inputMethods, features, entities, retention, editorial, ranking, market',
    ],
    [
      { corrections: { ration: 2 } },
      'corrections.ration: expected one of the keys enabled, ratio, phonetics',
    ],
    [{ corrections: true }, 'corrections: expected an object, got true'],
    [
      { entities: { leastScore: 1.5 } },
      'entities.leastScore: expected a number from 0 to 1, got 1.5',
    ],
    [
      { entities: { score: 0.5 } },
      'entities.score: expected one of the keys leastScore, leastUnknownScore',
    ],
    [
      { corrections: { ratio: 0.5 } },
      'corrections.ratio: expected a number from 1 to 1000000000, got 0.5',
    ],
    [
      { corrections: { ratio: '64' } },
      'corrections.ratio: expected a number from 1 to 1000000000, got "64"',
    ],
    [{ corrections: { enabled: 1 } }, 'corrections.enabled: expected true or false, got 1'],
    [
      { synonyms: 'a.txt' },
      'synonyms: expected a list of files of synonyms, each [MARKET=]FILE, got "a.txt"',
    ],
    [{ stopWords: ['a', 2] }, 'stopWords[1]: expected a text, [MARKET=]FILE, got 2'],
    [{ synonyms: ['a', 'x y=b'] }, 'synonyms[1]: expected [MARKET=]FILE, got "x y=b"'],
    [
      { ranking: { weights: [] } },
      'ranking.weights: expected one of the keys model, diversity, positionBias, smoothing',
    ],
    [{ ranking: { model: 3 } }, 'ranking.model: expected a file of a model, got 3'],
    [
      { ranking: { diversity: -0.1 } },
      'ranking.diversity: expected a number from 0 to 100, got -0.1',
    ],
    [
      { ranking: { positionBias: '1' } },
      'ranking.positionBias: expected a number from 0 to 3, got "1"',
    ],
    [
      { ranking: { smoothing: 0 } },
      'ranking.smoothing: expected a number from 0.1 to 1000000, got 0',
    ],
    [
      { features: { timeoutMs: 0 } },
      'features.timeoutMs: expected a whole number from 1 to 10000, got 0',
    ],
    [{ market: 'e' }, 'market: expected a BCP 47 tag such as en-US, got "e"'],
    [{ market: 5 }, 'market: expected a BCP 47 tag such as en-US, got 5'],
  ])('is refused as %j', (value, message) => {
    expect(() => parse(value)).toThrow(new ConfigError(`/etc/foretype/c.json: ${message}`));
  });

  it('says where profiles are kept, and never repeats an address that may hold a password', () => {
    const features = { redis: 'rediss://me:pa%3As@a,b:7000', redisCa: 'ca.pem', timeoutMs: 50 };
    expect(parse({ features }).features).toMatchObject({
      redis: { hosts: [{ host: 'a' }, { host: 'b', port: 7000 }], password: 'pa:s', isTls: true },
      redisCa: path.resolve('/etc/foretype/ca.pem'),
      timeoutMs: 50,
    });
    const wrong = () => parse({ features: { redis: 'http://me:secret@a' } });
    expect(wrong).toThrow(/features\.redis: expected redis\[s\]:/);
    expect(wrong).not.toThrow(/secret/);
  });

  it('says how suggestions are ordered for who is known', () => {
    const ranking = { model: 'm.json', diversity: 0, positionBias: 1.5, smoothing: 3 };
    expect(parse({ ranking }).ranking).toEqual({
      ...ranking,
      model: path.resolve('/etc/foretype/m.json'),
    });
    expect(parse({ ranking: { diversity: 1 } }).ranking).toEqual({ diversity: 1 });
  });

  it('is told all that is wrong at once', () => {
    const wrong = { a: 1, b: 2, corrections: { enabled: 'no' } };
    expect(() => parse(wrong)).toThrow(/c\.json: corrections\.enabled: .*\n?/);
    expect(() => parse(wrong)).toThrow(/c\.json: a: [^\n]*\n[^\n]*c\.json: b: /);
  });

  it('is as CONFIG.md shows it', async () => {
    const document = await readFile(
      new URL('../../../serving/config/CONFIG.md', import.meta.url),
      'utf8',
    );
    const [, example = '', , message = ''] = document.split(/^```\w*\n/m);
    const config = parseServeConfig(example, 'c.json');
    const { synonyms, stopWords, corrections, inputMethods, ranking } = config;
    expect(ranking?.diversity).toBe(DEFAULT_MODEL.diversity);
    expect([synonyms?.length, stopWords?.length]).toEqual([2, 1]);
    expect({ corrections, inputMethods }).toEqual({
      corrections: DEFAULT_ENGINE_SETTINGS.corrections,
      inputMethods: DEFAULT_ENGINE_SETTINGS.inputMethods,
    });
    const wrong = '{ "corrections": { "ration": 2 } }';
    expect(() => parseServeConfig(wrong, 'config.json')).toThrow(message.trim());
    expect(message).toContain('config.json: ');
  });

  it('is JSON, with or without a byte order mark', async () => {
    expect(() => parseServeConfig('{', 'c.json')).toThrow('c.json: expected JSON: ');
    const { folder, remove } = await makeFolder();
    const file = path.join(folder, 'c.json');
    await writeFile(file, '\ufeff{ "market": "de" }');
    expect(await readServeConfig(file)).toEqual({ market: 'de' });
    await remove();
    await expect(readServeConfig(file)).rejects.toThrow(`${file}: cannot be read: ENOENT`);
  });

  it('reads editorial lists by canonical market, and refuses personal data with its place', () => {
    const editorial = { 'EN-us': ['Winter sports', 'news'], und: ['music'] };
    const read = parseServeConfig(JSON.stringify({ editorial }), 'c.json').editorial;
    expect(read?.['en-US']?.map(({ normalised }) => normalised)).toEqual(['winter sports', 'news']);
    expect(read?.und).toHaveLength(1);
    const wrong = { 'en-US': ['ok', 'call 415-555-2671 now'], '??': ['x'] };
    expect(() => parseServeConfig(JSON.stringify({ editorial: wrong }), 'c.json')).toThrow(
      /editorial\.en-US\[1\].*\n.*editorial: expected BCP 47/,
    );
  });
});
