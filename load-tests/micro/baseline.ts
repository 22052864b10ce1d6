import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Figure } from './figure.ts';

/** Where the baseline is, from the repository's root, which npm makes the working folder. */
const BASELINE_FILE = 'load-tests/micro/baseline.json';

/** Ratios of an earlier run, by set and figure. Ratios only: times differ between machines. */
export type Baseline = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function readBaseline(): Baseline {
  return existsSync(BASELINE_FILE)
    ? (JSON.parse(readFileSync(BASELINE_FILE, 'utf8')) as Baseline)
    : {};
}

/** Replaces the ratios that this run measured on its set. */
export function writeBaseline(setId: string, figures: readonly Figure[]): void {
  const ratios = figures
    .filter((figure) => figure.isRatio)
    .map((figure) => [figure.name, Number(figure.measured.median.toPrecision(4))] as const);
  const before = readBaseline();
  const baseline = { ...before, [setId]: { ...before[setId], ...Object.fromEntries(ratios) } };
  writeFileSync(BASELINE_FILE, `${JSON.stringify(baseline, null, 2)}\n`);
}
