import type { Workspace } from '../clean/workspace.ts';
import type { ThemeArrays } from '../segment/theme-model.ts';
import { clusterItems, themeCount, type UnitItem } from './item-clusters.ts';

/** Themes by the units of queries; `numbers` has the units in the order of the arrays. */
export interface LearntThemes extends ThemeArrays {
  readonly numbers: ReadonlyMap<string, number>;
}

/** Users that a unit's themes are mixed with, as they are without it. */
const UNSURE = 10;

/**
 * Learns themes from what people opened after queries, of what enough of them did only; null where too little was opened. `units` names the units by their numbers in
 * `form_units`.
 */
export async function learnThemes(
  workspace: Workspace,
  units: readonly string[],
): Promise<LearntThemes | null> {
  await workspace.runStep('related/07-unit-items');
  const { edges, keys, unitCount } = await readEdges(workspace, units);
  if (keys.length < 2) return null;
  const themeOf = clusterItems(edges, keys.length, unitCount);
  const appender = await workspace.appender('item_themes');
  keys.forEach((key, item) => {
    appender.appendUBigInt(key);
    appender.appendUInteger(themeOf[item] ?? 0);
    appender.endRow();
  });
  appender.closeSync();
  await workspace.runStep('related/08-unit-themes');
  const priors = await readPriors(workspace, themeCount(keys.length));
  return readCells(workspace, units, priors);
}

/** The edges with units and items numbered in an order that the input alone decides. */
async function readEdges(
  workspace: Workspace,
  units: readonly string[],
): Promise<{ edges: readonly UnitItem[]; keys: readonly bigint[]; unitCount: number }> {
  const found: { unit: string; key: bigint; users: number }[] = [];
  for await (const chunk of workspace.stream('SELECT unit_id, click_key, users FROM unit_items')) {
    const columns = [0, 1, 2].map((column) => chunk.getColumnValues(column));
    for (let row = 0; row < chunk.rowCount; row++) {
      const key = columns[1]?.[row];
      if (typeof key !== 'bigint') continue;
      found.push({
        unit: units[Number(columns[0]?.[row])] ?? '',
        key,
        users: Number(columns[2]?.[row]),
      });
    }
  }
  found.sort((a, b) => (a.key === b.key ? (a.unit < b.unit ? -1 : 1) : a.key < b.key ? -1 : 1));
  const items = new Map<bigint, number>();
  const words = new Map<string, number>();
  const numberOf = <K>(numbers: Map<K, number>, key: K): number => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  const edges = found.map(({ unit, key, users }) => ({
    unit: numberOf(words, unit),
    item: numberOf(items, key),
    users,
  }));
  return { edges, keys: [...items.keys()], unitCount: words.size };
}

/** Shares of the themes, each with one user more than it has. */
async function readPriors(workspace: Workspace, themes: number): Promise<Float32Array> {
  const users = new Float64Array(themes).fill(1);
  for (const [theme = 0, count = 0] of await workspace.readNumbers(
    'SELECT theme, users FROM theme_users',
  )) {
    users[theme] = (users[theme] ?? 0) + count;
  }
  const total = users.reduce((sum, count) => sum + count, 0);
  return Float32Array.from(users, (count) => count / total);
}

async function readCells(
  workspace: Workspace,
  units: readonly string[],
  priors: Float32Array,
): Promise<LearntThemes> {
  const byUnit = new Map<string, { total: number; cells: { theme: number; users: number }[] }>();
  const sql = 'SELECT unit_id, theme, users, unit_users FROM unit_themes ORDER BY theme';
  for await (const chunk of workspace.stream(sql)) {
    const columns = [0, 1, 2, 3].map((column) => chunk.getColumnValues(column));
    for (let row = 0; row < chunk.rowCount; row++) {
      const [unit = 0, theme = 0, users = 0, total = 0] = columns.map((values) =>
        Number(values[row]),
      );
      const text = units[unit] ?? '';
      const known = byUnit.get(text) ?? { total, cells: [] };
      known.cells.push({ theme, users });
      byUnit.set(text, known);
    }
  }
  const numbers = new Map<string, number>();
  const offsets = [0];
  const themes: number[] = [];
  const ratios: number[] = [];
  const rests: number[] = [];
  for (const [unit, { total, cells }] of byUnit) {
    numbers.set(unit, numbers.size);
    let restUsers = total + UNSURE;
    let restPrior = 1;
    for (const { theme, users } of cells) {
      const prior = priors[theme] ?? 0;
      const sure = users + UNSURE * prior;
      themes.push(theme);
      ratios.push(Math.log2(sure / ((total + UNSURE) * prior)));
      restUsers -= sure;
      restPrior -= prior;
    }
    offsets.push(themes.length);
    // Never nothing: a theme that was not seen with the unit is rare with it, not impossible.
    const rest = Math.max(restUsers, UNSURE * Math.max(restPrior, 1e-6));
    rests.push(Math.log2(rest / ((total + UNSURE) * Math.max(restPrior, 1e-6))));
  }
  return {
    numbers,
    priors,
    offsets: Uint32Array.from(offsets),
    themes: Uint16Array.from(themes),
    ratios: Float32Array.from(ratios),
    rests: Float32Array.from(rests),
  };
}
