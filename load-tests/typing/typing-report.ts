import { formatTable } from '../micro/table.ts';
import type { CellScore, Share } from './scoring.ts';
import type { TextSet } from './texts/text-set.ts';
import type { TypedLength } from './trials.ts';

/** What was measured on one set. */
export interface SetScores {
  readonly set: Pick<TextSet, 'name' | 'description'> & { readonly completions: number };
  readonly cells: readonly CellScore[];
  /** The plain noisy channel on a part of the same trials, where it was asked for. */
  readonly yardstick: readonly CellScore[] | null;
}

/** A share with the least that it should be. */
export interface Judged {
  readonly name: string;
  readonly share: Share;
  readonly atLeast: number;
}

const ERROR_TARGETS: readonly { length: TypedLength; errors: number; atLeast: number }[] = [
  { length: 5, errors: 1, atLeast: 0.68 },
  { length: 8, errors: 1, atLeast: 0.88 },
  { length: 'whole', errors: 1, atLeast: 0.95 },
  { length: 8, errors: 2, atLeast: 0.7 },
];
const CLEAN_AT_LEAST = 0.995;

/** The figures of a set that have a target. */
export function judgeTyping(cells: readonly CellScore[]): Judged[] {
  const withErrors = ERROR_TARGETS.flatMap(({ length, errors, atLeast }) => {
    const cell = cells.find((each) => each.length === length && each.errors === errors);
    if (cell === undefined) return [];
    return [{ name: `${errorsOf(errors)}, ${lengthOf(length)}`, share: cell.ofClean, atLeast }];
  });
  const clean = cells
    .filter(({ errors }) => errors === 0)
    .map(({ length, cleanHits, exactHits, lost, gained, trials }) => {
      const value = cleanHits / exactHits;
      // Trials differ only by those lost and gained: Poisson counts.
      const half = (1.959964 * Math.sqrt(lost + gained)) / Math.max(1, exactHits);
      const share = { value, low: value - half, high: value + half };
      return {
        name: `clean, ${lengthOf(length)}, of exact only`,
        share,
        trials,
        atLeast: CLEAN_AT_LEAST,
      };
    });
  return [...withErrors, ...clean];
}

export function formatJudged(title: string, judged: readonly Judged[]): string {
  const rows = judged.map(({ name, share, atLeast }) => [
    name,
    share.value.toFixed(3),
    interval(share),
    `at least ${atLeast}`,
    share.value >= atLeast ? 'met' : 'missed',
  ]);
  return formatTable(title, ['', 'measured', '95% interval', 'target', 'verdict'], rows);
}

/** All tables of a set. */
export function formatSet({ set, cells, yardstick }: SetScores): string {
  const title = `${set.name}: ${set.completions.toLocaleString('en')} completions (${set.description})`;
  return [
    formatJudged(
      `${title}\nSuccess@10, of the clean success@10 of the same trials`,
      judgeTyping(cells),
    ),
    formatCells(cells, yardstick),
    formatKinds(cells),
  ].join('\n');
}

function formatCells(cells: readonly CellScore[], yardstick: readonly CellScore[] | null): string {
  const rows = cells.map((cell) => {
    const beside = yardstick?.find(
      ({ length, errors }) => length === cell.length && errors === cell.errors,
    );
    return [
      `${lengthOf(cell.length)}, ${errorsOf(cell.errors)}`,
      cell.trials.toLocaleString('en'),
      share(cell.hits, cell.trials),
      share(cell.cleanHits, cell.trials),
      share(cell.exactHits, cell.trials),
      `${cell.ofClean.value.toFixed(3)} (${interval(cell.ofClean)})`,
      `${cell.lost} | ${cell.gained}`,
      beside === undefined
        ? ''
        : `${beside.ofClean.value.toFixed(3)} (${interval(beside.ofClean)}), clean ${share(beside.cleanHits, beside.trials)}`,
    ];
  });
  const header = [
    'typed',
    'trials',
    'success@10',
    'typed clean',
    'exact only, clean',
    'of clean',
    'lost | gained clean',
    yardstick === null ? '' : 'plain noisy channel, of clean',
  ];
  return formatTable('All cells', header, rows);
}

function formatKinds(cells: readonly CellScore[]): string {
  const single = cells.filter(({ errors }) => errors === 1);
  const rows = single.map(({ length, byKind }) => [
    lengthOf(length),
    ...byKind.map(({ hits, cleanHits, trials }) => `${share(hits, cleanHits)} of ${trials}`),
  ]);
  const kinds = single[0]?.byKind.map(({ kind }) => kind) ?? [];
  return formatTable('One error, of clean, by its kind', ['typed', ...kinds], rows);
}

/** One line a figure, for the log of a continuous build. */
export function formatShort({ set, cells }: SetScores): string {
  return formatJudged(
    `Typing, ${set.name}, ${set.completions.toLocaleString('en')} completions`,
    judgeTyping(cells),
  );
}

function share(part: number, whole: number): string {
  return (part / whole).toFixed(3);
}

function interval({ low, high }: Share): string {
  return `${low.toFixed(3)} to ${high.toFixed(3)}`;
}

function lengthOf(length: TypedLength): string {
  return length === 'whole' ? 'whole' : `${length} characters`;
}

function errorsOf(errors: number): string {
  return ['no error', 'one error', 'two errors'][errors] ?? `${errors} errors`;
}
