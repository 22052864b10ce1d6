import { createReadStream, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { measureCommand } from './measured-command.ts';
import type { BenchOptions } from './options.ts';
import { formatTable } from './table.ts';

const CACHE_FOLDER = path.join('.foretype', 'bench');
const DAYS = 30;
/** How large a world is simulated first, to learn how many rows a user makes. */
const TRIAL_USERS = 500;

/** From a raw log to a published snapshot, by the commands that a user runs. */
export interface PipelineResults {
  readonly users: number;
  readonly days: number;
  readonly logRows: number;
  readonly logBytes: number;
  readonly simulateSeconds: number;
  readonly indexSeconds: number;
  readonly indexPeakBytes: number;
  readonly snapshotBytes: number;
}

/** Simulates a log of about the asked number of rows, indexes it, and says how long `foretype index` took and its peak memory. */
export async function runPipeline(
  { logRows, seed }: BenchOptions,
  log: (line: string) => void,
): Promise<PipelineResults> {
  mkdirSync(CACHE_FOLDER, { recursive: true });
  const work = mkdtempSync(path.join(CACHE_FOLDER, 'pipeline-'));
  try {
    const trial = path.join(work, 'trial');
    await simulate(trial, TRIAL_USERS, seed);
    const rowsAUser = (await countRows(queryLogs(trial))) / TRIAL_USERS;
    const users = Math.ceil(logRows / rowsAUser);
    log(`simulating ${users} users, ${rowsAUser.toFixed(1)} rows each in the trial`);
    const world = path.join(work, 'world');
    const simulated = await simulate(world, users, seed);
    const logs = queryLogs(world);
    const rows = await countRows(logs);
    log(`indexing ${rows} rows`);
    const indexDir = path.join(work, 'index');
    const indexed = await measureCommand(['index', '--queries', ...logs, '--out', indexDir]);
    return {
      users,
      days: DAYS,
      logRows: rows,
      logBytes: sizeOf(logs),
      simulateSeconds: simulated.seconds,
      indexSeconds: indexed.seconds,
      indexPeakBytes: indexed.peakBytes,
      snapshotBytes: sizeOf(filesUnder(indexDir)),
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

export function formatPipeline(results: PipelineResults): string {
  const whole = (value: number): string => Math.round(value).toLocaleString('en');
  return formatTable(
    'Raw log to published snapshot',
    ['', ''],
    [
      ['simulated', `${whole(results.users)} users, ${results.days} days`],
      ['log', `${whole(results.logRows)} rows, ${whole(results.logBytes / 1e6)} MB`],
      ['foretype index', `${results.indexSeconds.toFixed(1)} s`],
      ['rows a second', whole(results.logRows / results.indexSeconds)],
      ['peak memory', `${whole(results.indexPeakBytes / 1e6)} MB`],
      ['snapshot', `${(results.snapshotBytes / 1e6).toFixed(1)} MB`],
    ],
  );
}

function simulate(out: string, users: number, seed: number): ReturnType<typeof measureCommand> {
  const world = ['--seed', `${seed}`, '--users', `${users}`, '--days', `${DAYS}`];
  return measureCommand(['simulate', ...world, '--out', out]);
}

function queryLogs(folder: string): string[] {
  const logs = filesUnder(folder).filter((file) => path.basename(file).startsWith('queries'));
  if (logs.length === 0) throw new Error(`${folder}: expected query logs named queries*, got none`);
  return logs.sort();
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function sizeOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

/** Lines but for one header a file; the simulator writes no text with a line end in it. */
async function countRows(files: readonly string[]): Promise<number> {
  let rows = 0;
  for (const file of files) {
    for await (const chunk of createReadStream(file)) {
      for (const byte of chunk as Buffer) if (byte === 0x0a) rows++;
    }
    rows--;
  }
  return rows;
}
