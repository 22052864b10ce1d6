import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workspace } from '../../../indexer/clean/workspace.ts';
import { streamCompletions } from '../../../indexer/counting/completion-stream.ts';
import { type CountingRules, countQueries } from '../../../indexer/counting/query-counter.ts';
import { RowLoader } from '../../../indexer/counting/row-loader.ts';
import { DEFAULT_RULES } from '../../../indexer/index-options.ts';
import { readQueryLog } from '../../../indexer/input/query-log.ts';
import { RowTally } from '../../../indexer/input/row-tally.ts';
import type { AsOf } from '../../../indexer/input/time-reader.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';
import { buildVariants } from '../../../indexer/variants/variants-build.ts';

export const NOW_MS = Date.parse('2026-06-01T00:00:00Z');

export interface LogRow {
  readonly query: string;
  readonly user?: string;
  readonly at?: string;
  readonly session?: string;
  readonly market?: string;
  readonly count?: number;
  readonly users?: number;
  readonly clicked?: string;
}

/** Counts a small log through the real reader, database and SQL; every user counts unless the rules say otherwise. */
export async function countLog(
  rows: readonly LogRow[],
  rules: Partial<CountingRules> = {},
  asOf?: AsOf,
) {
  const folder = await mkdtemp(join(tmpdir(), 'foretype-counting-'));
  try {
    const file = join(folder, 'log.ndjson');
    await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const workspace = await Workspace.open({ folder, memoryBytes: 1e9, threads: 2 });
    try {
      await workspace.runStep('clean/01-raw-rows');
      const loader = await RowLoader.open(workspace, asOf);
      const tally = new RowTally(0);
      const layout = { columns: new Map(), hasHeader: true, times: { asOfUs: asOf?.atUs } };
      for await (const batch of readQueryLog([file], layout, NOW_MS, tally)) {
        for (const row of batch) loader.add(row);
      }
      loader.close();
      const allRules = { ...DEFAULT_RULES, minUsers: 1, halfLifeDays: 0, ...rules };
      const losses = await countQueries(workspace, allRules, loader, () => {});
      const variants = await buildVariants(workspace, allRules.group, loader.markets, () => {});
      const completions: CountedCompletion[] = [];
      const totals = await streamCompletions(workspace, loader.markets, (completion) => {
        completions.push(completion);
      });
      return { completions, losses, totals, loader, variants };
    } finally {
      workspace.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The scores by normalised form. */
export async function scoresOf(
  rows: readonly LogRow[],
  rules: Partial<CountingRules> = {},
): Promise<Record<string, number>> {
  const { completions } = await countLog(rows, { group: 'none', ...rules });
  return Object.fromEntries(completions.map(({ normalised, score }) => [normalised, score]));
}

const START_MS = Date.parse('2020-01-01T00:00:00Z');

/** A row so many seconds after the start. */
export function row(
  user: string,
  seconds: number,
  query: string,
  more: Partial<LogRow> = {},
): LogRow {
  return { user, query, at: new Date(START_MS + seconds * 1000).toISOString(), ...more };
}
