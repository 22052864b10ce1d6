import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../support/index-fixture.ts';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  await mkdir(path.join(folder, '.ci'));
  await mkdir(path.join(folder, 'bin'));
  await copyFile('.ci/run', path.join(folder, '.ci/run'));
});
afterEach(() => remove());

/** Runs the script with stand-ins for npm and node that note their arguments; `onTests` is what `npm test` does. */
async function run(onTests: string, onCheck = 'true') {
  const npm = `#!/bin/bash
echo "npm $*" >> calls
case "$*" in test) ${onTests};; *check) ${onCheck};; esac
`;
  for (const [name, script] of [
    ['npm', npm],
    ['node', '#!/bin/bash\necho "node $*" >> calls\n'],
  ] as const) {
    await writeFile(path.join(folder, 'bin', name), script);
    await chmod(path.join(folder, 'bin', name), 0o755);
  }
  const env = { ...process.env, PATH: `${folder}/bin:${process.env.PATH}` };
  const { status, stdout } = spawnSync('bash', [path.join(folder, '.ci/run')], {
    encoding: 'utf8',
    env,
  });
  const calls = (await readFile(path.join(folder, 'calls'), 'utf8')).trim().split('\n');
  return { status, lines: stdout.trim().split('\n'), calls };
}

const STEPS = [
  'node .ci/setup.mjs --system',
  'npm run --silent check',
  'npm test',
  'npm run --silent bench -- --quick',
  'node dist/load-tests/typing/main.js --quick',
];
const SUMMARY = '"$FORETYPE_TEST_SUMMARY"';

describe('.ci/run', () => {
  it('runs every step and closes with the count of the tests', async () => {
    const { status, lines, calls } = await run(`echo "7 passed, 0 failed" >> ${SUMMARY}`);
    expect(calls).toEqual(STEPS);
    expect(lines.at(-1)).toBe('7 passed, 0 failed');
    expect(status).toBe(0);
  });

  it('fails when a test fails, and still runs the rest and closes with the count', async () => {
    const failing = `echo "6 passed, 1 failed" >> ${SUMMARY}; exit 1`;
    const { status, lines, calls } = await run(failing);
    expect(calls).toEqual(STEPS);
    expect(lines.slice(-2)).toEqual(['ci: FAILED: tests', '6 passed, 1 failed']);
    expect(status).toBe(1);
  });

  it('fails when a check fails and every test passes', async () => {
    const { status, lines } = await run(`echo "7 passed, 0 failed" >> ${SUMMARY}`, 'exit 3');
    expect(lines.slice(-2)).toEqual(['ci: FAILED: checks', '7 passed, 0 failed']);
    expect(status).toBe(1);
  });

  it('fails when the tests end without a count', async () => {
    for (const silent of ['true', 'exit 1']) {
      const { status, lines } = await run(silent);
      expect(lines.at(-1)).toBe('0 passed, 1 failed');
      expect(status).toBe(1);
    }
  });
});
