import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { run as runIndex } from '../../../indexer/commands/index.ts';
import { run } from '../../../indexer/commands/inspect.ts';
import { run as runVerify } from '../../../indexer/commands/verify.ts';
import {
  flipBit,
  publishSample,
  temporaryFolders,
} from '../segment/publishing/sample-snapshots.ts';
import { runCommand } from './command-run.ts';

const folder = temporaryFolders();

const LOG = `query	count	users	market
glass	900	90	en-US
glasses	800	80	en-US
glass door	100	20	en-US
reading glasses	90	20	en-US
running shoes	500	50	en-US
running shoe	50	20	en-US
new york	900	90	en-US
new york	70	9	en-GB
newyork	100	20	en-US
rare thing	3	3	en-US
`;

async function build(group: string): Promise<string> {
  const dir = await folder();
  const log = join(dir, 'log.tsv');
  await writeFile(log, LOG);
  const { code } = await runCommand(runIndex, ['--queries', log, '--group', group, '--out', dir]);
  expect(code).toBe(0);
  return dir;
}

let variants: string;
beforeEach(async () => {
  variants = await build('variants');
});

async function inspect(query: string, dir = variants): Promise<string> {
  const { code, stdout, stderr } = await runCommand(run, ['--index', dir, query]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

async function inspectJson(query: string, dir = variants) {
  return JSON.parse((await runCommand(run, ['--index', dir, '--json', query])).stdout);
}

describe('foretype inspect', () => {
  it('shows what was merged into a completion and why', async () => {
    const shown = await inspect('Running  Shoes');
    expect(shown).toContain('normalised   "running shoes"');
    expect(shown).toContain('completion   "running shoes", kind query');
    expect(shown).toMatch(/en-US +score 550, rank \d of \d/);
    expect(shown).toContain('before       score 500, 50 users');
    expect(shown).toContain('merged       "running shoe", score 50, 20 users');
    expect(shown).toContain('singular and plural (shoe/shoes): the other words are the same');
  });

  it('shows what a query was merged into', async () => {
    expect(await inspect('running shoe')).toMatch(
      /leads to +"running shoes"\nmerged +"running shoe" \(score 50, 20 users\) into "running shoes"/,
    );
    expect(await inspect('newyork')).toContain('merged       "newyork" into "new york"');
  });

  it('shows what was kept apart, with the numbers', async () => {
    const shown = await inspect('glass');
    expect(shown).toContain('kept apart   "glasses"');
    expect(shown).toContain('company agrees 0, needs 0.5 (1 and 1 longer queries, 0 words shared)');
  });

  it('says that an unknown query is not there, and what is not kept', async () => {
    for (const query of ['rare thing', 'never searched']) {
      const shown = await inspect(query);
      expect(shown).toContain('not there    no completion, nor merged into one');
      expect(shown).toContain('queries of fewer than 5 users in each market are not kept');
    }
    expect(await inspect('someone@mail.example')).toContain('personal data, which is never kept');
    expect(await inspect(' - ')).toContain('nothing is left of it after normalising');
  });

  it('gives the same as JSON', async () => {
    expect(await inspectJson('running shoe')).toMatchObject({
      group: 'variants',
      minUsers: 5,
      status: 'merged',
      query: { text: 'running shoe', normalised: 'running shoe' },
      completion: {
        surface: 'running shoes',
        kind: 'query',
        markets: [{ market: 'all', score: expect.closeTo(550, 2) }, { market: 'en-US' }],
      },
      before: { score: 50, users: 20 },
      into: [{ query: 'running shoes', kinds: ['number'], why: 'sameContext' }],
      thresholds: { spellingRatio: 20 },
    });
    expect(await inspectJson('new york')).toMatchObject({
      status: 'completion',
      merged: [{ query: 'newyork', into: { kinds: ['spacing'] } }],
    });
    expect(await inspectJson('rare thing')).toMatchObject({
      status: 'absent',
      completion: null,
      into: null,
    });
  });

  it('reads snapshots without an audit, too', async () => {
    const surface = await build('surface');
    expect(await inspect('running shoe', surface)).toContain('completion   "running shoe"');
    expect(await inspect('newyork', surface)).toContain('another spelling of it');
    expect(await inspectJson('newyork', surface)).toMatchObject({
      status: 'merged',
      thresholds: null,
    });
    const old = await folder();
    await publishSample(old, 1);
    expect(await inspect('no such query', old)).toContain('not there');
  });

  it('never finds a text inside the audit that is no query of it', async () => {
    expect(await inspect('shoe')).toContain('not there');
    expect(await inspectJson('","score')).toMatchObject({ into: null, merged: [] });
  });

  it('is wrong usage without a query or an index, and fails on damage, which verify finds, too', async () => {
    await expect(run(['--index', variants], io())).rejects.toMatchObject({ name: 'UsageError' });
    await expect(run(['q'], io())).rejects.toMatchObject({ name: 'UsageError' });
    await expect(run(['--index', variants, 'a', 'b'], io())).rejects.toMatchObject({
      name: 'UsageError',
    });
    const damaged = await build('variants');
    const [name = ''] = await readdir(join(damaged, 'snapshots'));
    const place = join(damaged, 'snapshots', name, 'variants.ndjson');
    await writeFile(place, flipBit(await readFile(place), 999));
    await expect(run(['--index', damaged, 'glass'], io())).rejects.toMatchObject({
      code: 'manifest-mismatch',
    });
    const { code, stderr } = await runCommand(runVerify, ['--index', damaged]);
    expect(code).toBe(1);
    expect(stderr).toContain('variants.ndjson: SHA-256');
  });
});

function io() {
  const write = () => true;
  return { stdout: { write }, stderr: { write }, env: {}, isTerminal: false };
}
