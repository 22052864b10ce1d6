import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCrashTrial } from './crash-trial.ts';

/*
 * Kills a server under event load and counts what was lost or doubled: `node dist/load-tests/events/crash.js [--kills 100] [--seed 1]`. Exit code 1 when
 * anything was.
 */

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const program = fileURLToPath(
  new URL(`./events-process${path.extname(import.meta.url)}`, import.meta.url),
);
const dataDir = await mkdtemp(path.join(tmpdir(), 'foretype-crash-'));
try {
  const findings = await runCrashTrial({
    program,
    dataDir,
    kills: Number(values.kills),
    seed: Number(values.seed),
  });
  const { lost, doubled, invented, wrongProfiles, ...counts } = findings;
  console.log(
    JSON.stringify({
      kills: Number(values.kills),
      ...counts,
      lost: lost.length,
      doubled: doubled.length,
      invented: invented.length,
      wrongProfiles: wrongProfiles.length,
    }),
  );
  if (lost.length + doubled.length + invented.length + wrongProfiles.length > 0)
    process.exitCode = 1;
} finally {
  await rm(dataDir, { recursive: true });
}
