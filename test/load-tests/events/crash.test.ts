import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCrashTrial } from '../../../load-tests/events/crash-trial.ts';

const LMDB = fileURLToPath(import.meta.resolve('lmdb'));

let scratch: string;
let program: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'foretype-crash-'));
  program = path.join(scratch, 'events-process.mjs');
  await build({
    entryPoints: [
      fileURLToPath(new URL('../../../load-tests/events/events-process.ts', import.meta.url)),
    ],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    // Its native part lies beside it.
    alias: { lmdb: LMDB },
    external: [LMDB],
    // Bundled CommonJS packages ask for Node's modules.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  // The page of documents reads it when the server is made.
  await copyFile('serving/web/docs.css', path.join(scratch, 'docs.css'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe('a server that is killed under event load', () => {
  it('has lost nothing acknowledged and doubled nothing, over 24 kills', async () => {
    const findings = await runCrashTrial({
      program,
      dataDir: path.join(scratch, 'data'),
      kills: 24,
      seed: 5,
    });
    expect(findings).toMatchObject({ lost: [], doubled: [], invented: [], wrongProfiles: [] });
    expect(findings.profiles).toBeGreaterThan(24);
    // The profiles come from the store, not from folding all anew.
    expect(findings.replayed).toBeLessThan(findings.stored);
    expect(findings.acknowledged).toBeGreaterThan(24 * 8);
    expect(findings.sentAgain).toBeGreaterThan(24);
  });
});
