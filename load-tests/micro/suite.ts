import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { LIBRARIES, type LibraryName } from './engines/library-engine.ts';
import type { SuiteResults } from './figures.ts';
import type { BenchOptions } from './options.ts';
import { runPhase } from './phases/phase-process.ts';
import { timeServerStart } from './phases/server-start.ts';
import { NAMED_SET_PACKAGES } from './texts/named-set.ts';
import type { TextSource } from './texts/text-source.ts';

/** Git ignores it; the fetched packages stay there from run to run. */
export const CACHE_FOLDER = path.join('.foretype', 'bench');

export const FULL = {
  completions: 1_000_000,
  queriesAGroup: 4000,
  rounds: 9,
  groupBudgetMs: 400,
  libraryRounds: 5,
  libraryBudgetMs: 2000,
  repeats: 5,
};

export const QUICK: typeof FULL = {
  completions: 200_000,
  queriesAGroup: 2000,
  rounds: 5,
  groupBudgetMs: 100,
  libraryRounds: 5,
  libraryBudgetMs: 120,
  repeats: 3,
};

/** Measures everything, one thing after the other, each in a process of its own. `log` gets a line a step. */
export async function runSuite(
  options: BenchOptions,
  log: (line: string) => void,
): Promise<SuiteResults> {
  const scale = options.quick ? QUICK : FULL;
  mkdirSync(CACHE_FOLDER, { recursive: true });
  const work = mkdtempSync(path.join(CACHE_FOLDER, 'run-'));
  try {
    const { texts, ...set } = await chooseTexts(options, scale.completions, work, log);
    log(`set: ${set.description}`);
    const common = { texts, seed: options.seed, queriesAGroup: scale.queriesAGroup };
    log('lookups: ours and the plain reference');
    const { rounds, groupBudgetMs } = scale;
    const lookups = await runPhase('lookups', { ...common, rounds, groupBudgetMs });
    const libraries = [];
    for (const library of options.ours ? [] : (Object.keys(LIBRARIES) as LibraryName[])) {
      log(`lookups: ours and ${library}`);
      const timing = { rounds: scale.libraryRounds, groupBudgetMs: scale.libraryBudgetMs };
      libraries.push(await runPhase('library', { ...common, ...timing, library }));
    }
    log('build, open, server start');
    const builds = await repeat(scale.repeats, () => runPhase('build', { texts }));
    const indexDir = path.join(work, 'index');
    await runPhase('publish', { texts, indexDir });
    const opened = await repeat(scale.repeats, () => runPhase('open', { indexDir, typed: 're' }));
    const serverStartMs = await repeat(scale.repeats, () => timeServerStart(indexDir));
    const openMs = opened.map((result) => result.openMs);
    return { set, lookups, libraries, builds, openMs, serverStartMs };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The named set, or where it cannot be had, or in a quick run, a simulated one; what is written goes into `work`. */
export async function chooseTexts(
  { quick, seed }: BenchOptions,
  completions: number,
  work: string,
  log: (line: string) => void,
): Promise<SuiteResults['set'] & { readonly texts: TextSource }> {
  const count = completions.toLocaleString('en');
  if (!quick) {
    log('set: npm package names by downloads (204 MB are fetched the first time)');
    const file = path.join(work, 'named.tsv');
    const set = await runPhase('set', { folder: CACHE_FOLDER, count: completions, path: file });
    if (set.kind === 'written') {
      const packages = NAMED_SET_PACKAGES.map(({ name, version }) => `${name} ${version}`);
      return {
        id: `named-${completions}`,
        description: `named set: ${count} npm package names by downloads, ties by name (${packages.join(', ')})`,
        isNamed: true,
        texts: { kind: 'file', path: file },
      };
    }
    log(`NOT THE NAMED SET: ${set.reason}`);
  }
  return {
    id: `simulated-${completions}`,
    description: `${count} simulated texts, seed ${seed}`,
    isNamed: false,
    texts: { kind: 'simulated', count: completions, seed },
  };
}

async function repeat<Result>(times: number, measure: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  while (results.length < times) results.push(await measure());
  return results;
}
