import { LIBRARIES } from './engines/library-engine.ts';
import { type Figure, verdictOf } from './figure.ts';
import type { SuiteResults } from './figures.ts';
import type { GrowthResult } from './phases/growth-phase.ts';
import { mean, quantile } from './statistics.ts';
import { formatTable } from './table.ts';
import { type ContenderTiming, type GroupTiming, meanOverGroups } from './timing.ts';
import { LENGTHS } from './workload.ts';

const micros = (value: number): string =>
  value < 10
    ? value.toFixed(2)
    : value < 1000
      ? value.toFixed(1)
      : Math.round(value).toLocaleString('en');
const number = (value: number): string => Math.round(value).toLocaleString('en');
const megabytes = (bytes: number): string => `${number(bytes / 1e6)} MB`;
const meanOf = (timing: GroupTiming): number => quantile(timing.roundMeansUs, 0.5);

/** Mean and p99 of each contender on each group of the first one, then the mean over the prefix lengths. */
export function formatTimings(title: string, timings: readonly ContenderTiming[]): string {
  const groups = timings[0]?.groups.map(({ group }) => group) ?? [];
  const rows = timings.map((timing) => [
    timing.name,
    ...timing.groups.map((group) => `${micros(meanOf(group))} | ${micros(group.p99Us)}`),
    micros(quantile(meanOverGroups(timing, LENGTHS), 0.5)),
  ]);
  return formatTable(`${title}: mean | p99, µs`, ['', ...groups, 'mean of lengths'], rows);
}

export function formatLibraries({ libraries }: SuiteResults): string {
  const rows = libraries.map(({ library, buildSeconds, keptBytes, completions, timing }) => [
    library,
    `${buildSeconds.toFixed(1)} s`,
    megabytes(keptBytes),
    number(keptBytes / completions),
    timing.groups.map(({ queriesARound }) => number(queriesARound)).join(' '),
  ]);
  const notes = libraries.map(({ library }) => `  ${library}: ${LIBRARIES[library]}`);
  const header = ['', 'built in', 'keeps', 'bytes a completion', 'queries a round, by length'];
  return `${formatTable('Libraries, same texts and queries', header, rows)}\n${notes.join('\n')}`;
}

export function formatBytes({ lookups }: SuiteResults): string {
  const parts = new Map<string, number>();
  for (const { section, bytes } of lookups.sizes) {
    const part = section.includes('.') ? section.slice(0, section.lastIndexOf('.')) : section;
    parts.set(part, (parts.get(part) ?? 0) + bytes);
  }
  const sum = lookups.sizes.reduce((total, { bytes }) => total + bytes, 0);
  const row = (name: string, bytes: number): string[] => [
    name,
    number(bytes),
    (bytes / lookups.completions).toFixed(2),
    (bytes / lookups.rawBytes).toFixed(3),
  ];
  const rows = [...parts]
    .sort((left, right) => right[1] - left[1])
    .map(([name, bytes]) => row(name, bytes));
  rows.push(row('all structures', sum), row('(raw UTF-8, normalised)', lookups.rawBytes));
  rows.push(row('(raw UTF-8, shown)', lookups.shownBytes));
  return formatTable('Bytes by part', ['', 'bytes', 'a completion', 'of raw normalised'], rows);
}

export function formatBuilds({ builds }: SuiteResults): string {
  const rows = builds.map((build) => [
    number(build.completions),
    `${build.seconds.toFixed(2)} s`,
    `${build.cpuSeconds.toFixed(2)} s`,
    `${(build.completions / build.seconds / 1e6).toFixed(2)} M/s`,
    megabytes(build.listBytes),
    megabytes(build.peakBytes),
    megabytes(build.segmentBytes),
  ]);
  const header = [
    'completions',
    'time',
    'processor time',
    'rate',
    'list in memory',
    'peak',
    'segment',
  ];
  return formatTable('Build from a counted list in memory, a new process each', header, rows);
}

export function formatGrowth({ counts, timings }: GrowthResult): string {
  const over = (timing: ContenderTiming): number => mean(timing.groups.map(meanOf));
  const first = timings[0];
  const rows = timings.map(({ prefix, anyOrder }, index) => [
    number(counts[index] ?? 0),
    micros(over(prefix)),
    first ? `${(over(prefix) / over(first.prefix)).toFixed(2)}x` : '',
    micros(over(anyOrder)),
    first ? `${(over(anyOrder) / over(first.anyOrder)).toFixed(2)}x` : '',
  ]);
  const header = ['completions', 'prefix µs', 'of the first', 'any order µs', 'of the first'];
  return formatTable('Growth on simulated texts', header, rows);
}

/** One line a figure: measured (least to most over rounds), bar, verdict, and this set's stored baseline. */
export function formatFigures(
  figures: readonly Figure[],
  baseline: Readonly<Record<string, number>> | undefined,
): string {
  const value = (measured: number, unit: string): string =>
    `${measured >= 100 ? number(measured) : measured.toFixed(2)}${unit}`;
  const rows = figures.map((figure) => {
    const { least, median, most } = figure.measured;
    const before = baseline?.[figure.name];
    const verdict = verdictOf(figure);
    return [
      figure.name,
      value(median, figure.unit),
      least === most ? '' : `${value(least, '')} to ${value(most, '')}`,
      `${figure.bar.kind} ${figure.bar.value}`,
      figure.notJudged === null ? verdict : `${verdict}: ${figure.notJudged}`,
      before === undefined
        ? ''
        : `${value(before, '')} (now ${(median / before).toFixed(2)} of it)`,
    ];
  });
  const header = ['figure', 'measured', 'over rounds', 'target', 'verdict', 'baseline'];
  return formatTable('Figures', header, rows);
}
