import { usageError } from '../build-error.ts';
import type { ColumnMapping } from './column-mapping.ts';
import type { JsonObject } from './json-records.ts';

/** What is read of a kind of file, and how its columns are named. */
export interface RowColumns {
  /** The canonical columns that are read, in the order of a row's cells; the first is the time. */
  readonly cells: readonly string[];
  /** At least one of these must be there: without them a row says nothing. */
  readonly needed: readonly string[];
  /** Cells that may hold a list in NDJSON and Parquet; it comes as one text, see `LIST_MARK`. */
  readonly lists: readonly string[];
  /** Cells that only add to a row: a record may end before them, and what no cell can hold is as if it were not there. */
  readonly spare?: readonly string[];
  /** The option that maps the columns. */
  readonly option: string;
}

/** Begins each item of a list that is written as one text; no text that people write holds it. */
export const LIST_MARK = '\u001f';

/** JSON can write half a surrogate pair, which is no text. */
const UNPAIRED = /\p{Surrogate}/u;

/** Where each of the cells stands among a record's fields; -1 for what the file does not have. */
export interface ColumnBinding {
  readonly positions: readonly number[];
  /** A record needs at least this many fields: the last one that is read. */
  readonly leastFields: number;
  /** A record has at most this many, empty ones at its end apart. */
  readonly mostFields: number;
}

/**
 * Finds the columns in a header: mapped names first, then canonical names that no mapping claims; a name matches exactly
 * or, failing that, without regard to case. Throws wrong usage, naming the file and its header, when one is not there.
 */
export function bindHeader(
  header: readonly string[],
  mapping: ColumnMapping,
  file: string,
  columns: RowColumns,
): ColumnBinding {
  const names = header.map((name) => name.trim());
  const find = (name: string): number => findName(names, name, file);
  const claimed = new Set<number>();
  for (const [column, name] of mapping) {
    const position = find(name);
    if (position < 0) {
      throw usageError(
        `${file}: no column ${JSON.stringify(name)} (mapped to ${column}); the header has: ${listNames(names)}`,
      );
    }
    claimed.add(position);
  }
  const positions = columns.cells.map((cell) => {
    const mapped = mapping.get(cell);
    if (mapped !== undefined) return find(mapped);
    const position = find(cell);
    return claimed.has(position) ? -1 : position;
  });
  if (!columns.needed.some((cell) => (positions[columns.cells.indexOf(cell)] ?? -1) >= 0)) {
    const [first = ''] = columns.needed;
    throw usageError(
      `${file}: no column ${nameOneOf(columns.needed)}; name it with ${columns.option} ${first}=NAME, ` +
        `or give --no-header; the header has: ${listNames(names)}`,
    );
  }
  return { positions, leastFields: leastFields(positions, columns), mostFields: names.length };
}

/** Takes columns by their 1-based positions, for files without a header. */
export function bindPositions(mapping: ColumnMapping, columns: RowColumns): ColumnBinding {
  for (const [column, position] of mapping) {
    if (!/^[1-9][0-9]{0,4}$/.test(position)) {
      throw usageError(
        `${columns.option}: with --no-header ${column} needs a 1-based position, got ${JSON.stringify(position)}`,
      );
    }
  }
  if (!columns.needed.some((cell) => mapping.has(cell))) {
    const [first = ''] = columns.needed;
    throw usageError(
      `--no-header needs ${columns.option} with the position of the ${first}, such as ${first}=1`,
    );
  }
  const positions = columns.cells.map((cell) => Number(mapping.get(cell) ?? 0) - 1);
  return {
    positions,
    leastFields: leastFields(positions, columns),
    mostFields: Number.POSITIVE_INFINITY,
  };
}

function leastFields(positions: readonly number[], { cells, spare = [] }: RowColumns): number {
  return 1 + Math.max(...positions.filter((_, cell) => !spare.includes(cells[cell] ?? '')));
}

/** `"title", "tags" or "description"`. */
export function nameOneOf(columns: readonly string[]): string {
  const quoted = columns.map((column) => JSON.stringify(column));
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}

function findName(names: readonly string[], name: string, file: string): number {
  const exact = names.indexOf(name);
  const folded = name.toLowerCase();
  const matches = (other: string): boolean =>
    exact >= 0 ? other === name : other.toLowerCase() === folded;
  const first = names.findIndex(matches);
  if (first >= 0 && names.findLastIndex(matches) !== first) {
    throw usageError(`${file}: the header has ${JSON.stringify(name)} twice: ${listNames(names)}`);
  }
  return first;
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 40).map((name) => name.slice(0, 80));
  return `${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`;
}

/** Reads the cells of JSON objects: a field by its name, or by a path `a.b` into nested objects. */
export class JsonBinding {
  readonly #exact = new Map<string, number>();
  readonly #folded = new Map<string, number>();
  readonly #paths: (readonly [cell: number, path: readonly string[]])[] = [];
  readonly #columns: RowColumns;
  /** Whether the object read last had one of the fields that are needed, be it null. */
  hasNeeded = false;

  constructor(mapping: ColumnMapping, columns: RowColumns) {
    this.#columns = columns;
    const claimed = new Set(mapping.values());
    for (const [cell, column] of columns.cells.entries()) {
      const name = mapping.get(column) ?? (claimed.has(column) ? undefined : column);
      if (name === undefined) continue;
      this.#exact.set(name, cell);
      if (!claimed.has(column) || mapping.has(column)) this.#folded.set(name.toLowerCase(), cell);
      if (name.includes('.')) this.#paths.push([cell, name.split('.')]);
    }
  }

  /** Fills `cells`; returns what is wrong with a value that no cell can hold, if any. */
  read(object: JsonObject, cells: (string | undefined)[]): string | undefined {
    cells.fill(undefined);
    this.hasNeeded = false;
    for (const [cell, path] of this.#paths) {
      let value: unknown = object;
      for (const step of path) value = isRecord(value) ? value[step] : undefined;
      if (value === undefined) continue;
      const fault = this.#put(cell, value, cells);
      if (fault !== undefined) return fault;
    }
    let exactCells = 0;
    for (const name in object) {
      const exact = this.#exact.get(name);
      const cell = exact ?? this.#folded.get(name.toLowerCase());
      if (cell === undefined || (exact === undefined && (exactCells & (1 << cell)) !== 0)) continue;
      if (exact !== undefined) exactCells |= 1 << cell;
      const fault = this.#put(cell, object[name], cells);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #put(cell: number, value: unknown, cells: (string | undefined)[]): string | undefined {
    const { cells: names, needed, lists, spare = [] } = this.#columns;
    const name = names[cell] ?? '';
    if (needed.includes(name)) this.hasNeeded = true;
    const single = lists.includes(name) && Array.isArray(value) ? joinList(value) : value;
    const isSpare = spare.includes(name);
    if (isRecord(single) && isSpare) return undefined;
    if (isRecord(single)) return `${name}: expected a text or a number, got an object or a list`;
    const text = single === undefined || single === null ? undefined : String(single);
    if (text !== undefined && UNPAIRED.test(text)) {
      if (isSpare) return undefined;
      return `${name}: an unpaired surrogate`;
    }
    cells[cell] = text;
    return undefined;
  }
}

/** The items that are texts or numbers, each behind a mark; a list of anything else is no list of texts. */
function joinList(items: readonly unknown[]): unknown {
  if (items.some(isRecord)) return items;
  const texts = items.filter((item) => item !== null && item !== undefined);
  return texts.map((item) => LIST_MARK + String(item)).join('');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
