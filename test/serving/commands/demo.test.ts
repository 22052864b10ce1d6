import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DemoParts, run } from '../../../serving/commands/demo.ts';
import { captureOutput } from '../../support/captured-output.ts';
import { makeFolder } from '../../support/index-fixture.ts';
import { writeWorld } from '../../support/small-world.ts';

const WORLD_END = '2026-06-30T00:00:00.000Z';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await remove();
});

/** What was run of the other folders, in order; the index that they leave is empty, so that serving ends at once. */
function recordParts(codes: { simulate?: number; index?: number } = {}) {
  const calls: string[][] = [];
  const parts: DemoParts = {
    simulate: async (args) => {
      calls.push(['simulate', ...args]);
      if (codes.simulate === undefined) {
        await writeWorld(argumentOf(args, '--out'), { end: WORLD_END, searches: [], watches: [] });
      }
      return codes.simulate ?? 0;
    },
    index: async (args) => {
      calls.push(['index', ...args]);
      return codes.index ?? 0;
    },
  };
  return { parts, calls };
}

const argumentOf = (call: readonly string[] | undefined, option: string) =>
  call?.[call.indexOf(option) + 1] ?? '';

describe('foretype demo', () => {
  it('simulates a fixed world below the working folder, then indexes its queries, but those of its people', async () => {
    const { parts, calls } = recordParts();
    const io = captureOutput();
    await runWithoutPage(io, parts);
    const [simulate, index] = calls;
    expect(simulate?.[0]).toBe('simulate');
    expect(simulate).toEqual(expect.arrayContaining(['--seed', '--users', '--days', '--taste']));
    const world = argumentOf(simulate, '--out');
    expect(path.relative(folder, world)).toMatch(/^\.foretype\/demo\//);
    expect(argumentOf(index, '--queries')).toBe(path.join(path.dirname(world), 'indexed.tsv'));
    expect(argumentOf(index, '--videos')).toBe(path.join(world, 'videos.ndjson'));
    expect(argumentOf(index, '--comments')).toBe(path.join(world, 'comments.ndjson'));
    expect(argumentOf(index, '--out').startsWith(path.dirname(world))).toBe(true);
  });

  it('uses what an earlier run finished', async () => {
    const first = recordParts();
    await runWithoutPage(captureOutput(), first.parts);
    const second = recordParts();
    await runWithoutPage(captureOutput(), second.parts);
    expect(first.calls).toHaveLength(2);
    expect(second.calls).toEqual([]);
  });

  it.each([
    ['simulating', { simulate: 1 }],
    ['indexing', { index: 1 }],
  ])('makes anew what an earlier run left half-made by %s', async (_, codes) => {
    const failed = recordParts(codes);
    expect(await run([], captureOutput(), failed.parts)).toBe(1);
    const world = argumentOf(failed.calls[0], '--out');
    await writeFile(path.join(path.dirname(world), 'half'), '');
    const again = recordParts();
    await runWithoutPage(captureOutput(), again.parts);
    expect(again.calls.map(([command]) => command)).toEqual(['simulate', 'index']);
    expect(existsSync(path.join(path.dirname(world), 'half'))).toBe(false);
  });
});

/** Runs to where it would serve: from source there is no built page, and the empty index could not be served anyway. */
async function runWithoutPage(io: ReturnType<typeof captureOutput>, parts: DemoParts) {
  const outcome = await run(['--port', '0'], io, parts).catch((error: Error) => error.message);
  expect([1, expect.stringContaining('run npm run build')]).toContainEqual(outcome);
}
