import type { Figure } from './figure.ts';
import type { BuildResult } from './phases/build-phase.ts';
import type { LibraryResult } from './phases/library-phase.ts';
import type { LookupResult } from './phases/lookup-phase.ts';
import { ratioOf, type Spread, spreadOf } from './statistics.ts';
import { meanOverGroups } from './timing.ts';
import { LENGTHS } from './workload.ts';

/** Everything that a run of the suite measured. */
export interface SuiteResults {
  readonly set: { readonly id: string; readonly description: string; readonly isNamed: boolean };
  readonly lookups: LookupResult;
  readonly libraries: readonly LibraryResult[];
  readonly builds: readonly BuildResult[];
  readonly openMs: readonly number[];
  readonly serverStartMs: readonly number[];
}

const ANY_SET = { notJudged: null, isRatio: false };
const RATIO = { notJudged: null, isRatio: true, unit: 'x' };

/** The figures that have a bar, in the order in which they are printed. */
export function figuresOf(results: SuiteResults): Figure[] {
  return [
    ...lookupFigures(results.lookups),
    ...results.libraries.map(libraryFigure),
    ...spaceFigures(results),
    {
      name: 'build, completions a second, one core',
      measured: scale(
        spreadOf(results.builds.map((build) => build.completions / build.seconds)),
        1e-6,
      ),
      unit: ' M/s',
      bar: { kind: 'at least', value: 0.4 },
      ...ANY_SET,
    },
    {
      name: 'open to first answer, warm file cache',
      measured: spreadOf(results.openMs),
      unit: ' ms',
      bar: { kind: 'at most', value: 100 },
      ...ANY_SET,
    },
    {
      name: 'server start to ready',
      measured: spreadOf(results.serverStartMs),
      unit: ' ms',
      bar: { kind: 'at most', value: 2000 },
      ...ANY_SET,
    },
  ];
}

function lookupFigures({
  byScore,
  uniform,
  completions,
  smallCompletions,
}: LookupResult): Figure[] {
  const prefix = meanOverGroups(byScore.prefix, LENGTHS);
  const timesPrefix = (values: readonly number[]) => ratioOf(values, prefix);
  const anyOrderGroup = (group: string) => timesPrefix(meanOverGroups(byScore.anyOrder, [group]));
  const worstP99 = Math.max(...byScore.anyOrder.groups.map(({ p99Us }) => p99Us));
  const growth = `${label(smallCompletions)} to ${label(completions)}`;
  return [
    {
      name: 'prefix mean / plain reference',
      measured: ratioOf(prefix, meanOverGroups(byScore.reference, LENGTHS)),
      bar: { kind: 'at most', value: 1 },
      ...RATIO,
    },
    {
      name: 'prefix mean / plain reference, uniform draw',
      measured: ratioOf(
        meanOverGroups(uniform.prefix, LENGTHS),
        meanOverGroups(uniform.reference, LENGTHS),
      ),
      bar: { kind: 'at most', value: 1 },
      ...RATIO,
    },
    {
      name: 'any order mean / prefix mean',
      measured: timesPrefix(meanOverGroups(byScore.anyOrder, LENGTHS)),
      bar: { kind: 'at most', value: 4 },
      ...RATIO,
    },
    {
      name: 'any order, two out of order / prefix mean',
      measured: anyOrderGroup('two out of order'),
      bar: { kind: 'at most', value: 12 },
      ...RATIO,
    },
    {
      name: 'any order, three out of order / prefix mean',
      measured: anyOrderGroup('three out of order'),
      bar: { kind: 'at most', value: 12 },
      ...RATIO,
    },
    {
      name: 'any order, worst p99 of all groups / prefix mean',
      measured: timesPrefix(prefix.map(() => worstP99)),
      bar: { kind: 'at most', value: 60 },
      ...RATIO,
    },
    {
      name: `growth of prefix mean, ${growth}`,
      measured: ratioOf(prefix, meanOverGroups(byScore.smallPrefix)),
      bar: { kind: 'at most', value: 3 },
      ...RATIO,
    },
    {
      name: `growth of any order mean, ${growth}`,
      measured: ratioOf(
        meanOverGroups(byScore.anyOrder, LENGTHS),
        meanOverGroups(byScore.smallAnyOrder),
      ),
      bar: { kind: 'at most', value: 3 },
      ...RATIO,
    },
  ];
}

function libraryFigure({ library, timing, own }: LibraryResult): Figure {
  return {
    name: `${library} / prefix mean`,
    measured: ratioOf(meanOverGroups(timing), meanOverGroups(own)),
    bar: { kind: 'at least', value: 20 },
    ...RATIO,
    notJudged: library === 'FlexSearch whole text' ? 'not its prefix setting: ready lists' : null,
  };
}

function spaceFigures({ lookups, set }: SuiteResults): Figure[] {
  const bytes = lookups.sizes.reduce((sum, size) => sum + size.bytes, 0);
  const perCompletion = bytes / lookups.completions;
  const exact = (value: number): Spread => ({ least: value, median: value, most: value });
  return [
    {
      name: 'bytes a completion, all structures',
      measured: exact(perCompletion),
      unit: ' B',
      bar: { kind: 'at most', value: 40 },
      isRatio: true,
      notJudged: set.isNamed ? null : 'the bar is for the named set',
    },
  ];
}

function scale({ least, median, most }: Spread, by: number): Spread {
  return { least: least * by, median: median * by, most: most * by };
}

function label(completions: number): string {
  return completions.toLocaleString('en');
}
