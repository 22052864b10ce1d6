import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../serving/config/config-file.ts';
import { readRanking } from '../../../serving/config/ranking-config.ts';
import { makeFolder } from '../../support/index-fixture.ts';

const MODEL = {
  ...{ format: 1, name: 'mine', kind: 'linear', featureList: 1 },
  ...{ features: ['popularity', 'ownQuery'], bias: 0, weights: [1, 6], diversity: 0.5 },
};

describe('how a configuration orders suggestions', () => {
  let place: Awaited<ReturnType<typeof makeFolder>>;
  beforeAll(async () => {
    place = await makeFolder();
  });
  afterAll(() => place.remove());

  async function readModel(text: string) {
    const model = path.join(place.folder, 'model.json');
    await writeFile(model, text);
    return readRanking({ model, smoothing: 5 }, 'c.json');
  }

  it('is what it says, with the model that it names', async () => {
    expect(await readRanking({ diversity: 1 }, 'c.json')).toEqual({ diversity: 1 });
    const { model, ...numbers } = await readModel(JSON.stringify(MODEL));
    expect(numbers).toEqual({ smoothing: 5 });
    expect(model).toMatchObject(MODEL);
  });

  it('is refused where the model cannot be used, naming the key, the file and the field', async () => {
    const wrong = readModel(JSON.stringify({ ...MODEL, weights: [1] }));
    await expect(wrong).rejects.toThrow(ConfigError);
    await expect(wrong).rejects.toThrow(
      `c.json: ranking.model: ${path.join(place.folder, 'model.json')}: weights: expected a list of 2 finite numbers, one a feature, got a list of 1`,
    );
    await expect(readModel('{')).rejects.toThrow(/c\.json: ranking\.model: .*: expected JSON: /);
    await expect(readRanking({ model: '/absent.json' }, 'c.json')).rejects.toThrow(
      'c.json: ranking.model: expected a file of a model, got /absent.json: ENOENT',
    );
  });

  it('has in CONFIG.md a model that can be used', async () => {
    const file = new URL('../../../serving/config/CONFIG.md', import.meta.url);
    const blocks = (await readFile(file, 'utf8')).split(/^```\w*\n/m);
    const shown = blocks.find((block) => block.includes('"kind"')) ?? '';
    expect((await readModel(shown)).model).toMatchObject(JSON.parse(shown));
    const said = blocks.find((block) => block.includes('ranking.model: ')) ?? '';
    const cut = { ...JSON.parse(shown), weights: [1, 4] };
    const message = said.trim().replace('config.json', 'c.json');
    const model = path.join(place.folder, 'model.json');
    await expect(readModel(JSON.stringify(cut))).rejects.toThrow(
      message.replace('/etc/foretype/model.json', model),
    );
  });
});
