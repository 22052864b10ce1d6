import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';

// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

/** What a unit of a query (`dictionaries/query-units.ts`) is looked up by: two hashes of 32 bits. */
export interface UnitHash {
  readonly a: number;
  readonly b: number;
}

/** FNV-1a, and the same from another start, each finished as in MurmurHash3. */
export function unitHashes(unit: string): UnitHash {
  let a = 0x811c9dc5;
  let b = 0x5bd1e995;
  const { length } = unit;
  for (let i = 0; i < length; i++) {
    const code = charCodeAt.call(unit, i);
    a = Math.imul(a ^ code, 0x01000193);
    b = (Math.imul(b ^ code, 0x01000193) + 0x9e3779b9) | 0;
  }
  return { a: finish(a), b: finish(b) };
}

function finish(hash: number): number {
  let bits = hash;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Adds the section of distinct units by their hashes, ascending; answers the place of each. */
export function writeUnits(
  builder: ContainerBuilder,
  section: string,
  units: readonly UnitHash[],
): Uint32Array {
  const order = units
    .map((_, unit) => unit)
    .sort((x, y) => units[x]!.a - units[y]!.a || units[x]!.b - units[y]!.b);
  const places = new Uint32Array(units.length);
  const hashes = new Uint32Array(2 * units.length);
  order.forEach((unit, place) => {
    places[unit] = place;
    hashes[2 * place] = units[unit]!.a;
    hashes[2 * place + 1] = units[unit]!.b;
  });
  builder.add(section, hashes);
  return places;
}

/** Units by their hashes, as a view. */
export class UnitTable {
  readonly size: number;
  private readonly hashes: Uint32Array;
  private readonly section: string;

  constructor(container: Container, section: string) {
    this.section = section;
    this.hashes = container.uint32(section);
    this.size = this.hashes.length / 2;
    if (!Number.isInteger(this.size)) {
      throw new SegmentError(
        'bad-section',
        `segment section '${section}': expected pairs of hashes`,
      );
    }
  }

  /** The place of a unit; -1 when it is not there. */
  find({ a, b }: UnitHash): number {
    const { hashes } = this;
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const first = hashes[2 * middle]!;
      if (first < a || (first === a && hashes[2 * middle + 1]! < b)) low = middle + 1;
      else high = middle;
    }
    return hashes[2 * low] === a && hashes[2 * low + 1] === b ? low : -1;
  }

  /** @throws SegmentError when the hashes do not ascend. */
  verify(): void {
    const { hashes } = this;
    for (let at = 2; at < hashes.length; at += 2) {
      const [a, b] = [hashes[at]!, hashes[at - 2]!];
      if (a < b || (a === b && hashes[at + 1]! <= hashes[at - 1]!)) {
        throw new SegmentError(
          'broken-order',
          `segment section '${this.section}', unit ${at / 2}: expected ascending hashes`,
        );
      }
    }
  }
}
