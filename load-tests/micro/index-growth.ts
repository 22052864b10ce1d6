import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { BenchOptions } from './options.ts';
import type { IndexGrowthResult, SampleGrowth } from './phases/index-growth-phase.ts';
import { runPhase } from './phases/phase-process.ts';
import { CACHE_FOLDER, chooseTexts, FULL, QUICK } from './suite.ts';
import { formatTable } from './table.ts';

const FULL_USERS = 40_000;
const QUICK_USERS = 10_000;
/** Bytes a completion that what came after the first format may add for Latin text. */
const LATIN_AT_MOST = 25;
/** Below this the parts of fixed size weigh more than the completions. */
const LEAST_JUDGED = 10_000;

/** Measures what the sections beyond the first format weigh, by script, in a process of its own. */
export async function runIndexGrowth(
  options: BenchOptions,
  log: (line: string) => void,
): Promise<IndexGrowthResult> {
  mkdirSync(CACHE_FOLDER, { recursive: true });
  const work = mkdtempSync(path.join(CACHE_FOLDER, 'growth-'));
  try {
    const { completions } = options.quick ? QUICK : FULL;
    const named = await chooseTexts(options, completions, work, log);
    log('growth of the index by script');
    return await runPhase('indexGrowth', {
      named: { texts: named.texts, description: named.description },
      users: options.quick ? QUICK_USERS : FULL_USERS,
      seed: options.seed,
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

export function formatIndexGrowth({ samples, missing }: IndexGrowthResult): string {
  const parts = [...new Set(samples.flatMap(({ added }) => added.map(({ part }) => part)))].sort();
  const rows = samples.map((sample) => {
    const { name, completions, distinctTerms, firstBytes, added } = sample;
    const perCompletion = (bytes: number): string => (bytes / completions).toFixed(1);
    return [
      name,
      completions.toLocaleString('en'),
      (distinctTerms / completions).toFixed(2),
      perCompletion(firstBytes),
      ...parts.map((part) => {
        const found = added.find((each) => each.part === part);
        return found === undefined ? '' : perCompletion(found.bytes);
      }),
      perCompletion(addedBytes(sample)),
      verdictOf(sample),
    ];
  });
  const header = [
    '',
    'completions',
    'terms each',
    'first format',
    ...parts,
    'added',
    `at most ${LATIN_AT_MOST}`,
  ];
  return [
    formatTable('Growth of the index, bytes a completion', header, rows),
    ...samples.map(({ name, description }) => `  ${name}: ${description}`),
    ...[...new Set(missing.map(({ reason }) => reason))].map((reason) => {
      const names = missing.filter((each) => each.reason === reason).map(({ name }) => name);
      return `LEFT OUT: ${names.join(', ')}: ${reason}.`;
    }),
  ].join('\n');
}

function addedBytes({ added }: SampleGrowth): number {
  return added.reduce((sum, { bytes }) => sum + bytes, 0);
}

function verdictOf(sample: SampleGrowth): string {
  if (!sample.isLatin) return '';
  if (sample.completions < LEAST_JUDGED) return 'not judged: too few';
  return addedBytes(sample) / sample.completions <= LATIN_AT_MOST ? 'met' : 'missed';
}
