import { JOINER, sequenceTerms } from '../../dictionaries/terms.ts';
import type { GrowableUint32Array } from './growable-array.ts';

const SPACE = 0x20;
/** Texts of characters below this have words between spaces and nothing else. */
const PLAIN_LIMIT = 0x80;
const JOINER_UNIT = JOINER.charCodeAt(0);
const SORTED_DEPTH = 4;
/** Keys of units: 0 for none, then all units in the order of code points, then the joiner of a joined term. */
const KEYS = 0x10000 + 2;

/**
 * UTF-16 units in the order that code points have: surrogates, which stand for code points above all other units', go last. No
 * term begins with a lone half, so that comparing unit by unit is comparing code points.
 */
function codePointKey(unit: number): number {
  if (unit < 0xd800) return unit + 1;
  return unit < 0xe000 ? unit + 0x2001 : unit - 0x7ff;
}

/**
 * Numbers the distinct terms of a build in the order they come. An open-addressing hash table over the terms' UTF-16 units,
 * which reads words out of a text without cutting them out of it: a Map of strings takes three times as long.
 */
export class TermTable {
  private units = new Uint16Array(1 << 16);
  private offsets = new Uint32Array(1 << 12);
  private hashes = new Uint32Array(1 << 12);
  /** Term number and one, 0 for a free slot; its length is a power of two, at least twice the number of terms. */
  private slots = new Uint32Array(1 << 13);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The number of one term. */
  push(term: string): number {
    return this.intern(term, 0, term.length);
  }

  /** Appends the numbers of the sequence terms of a normalised text; says whether that is plain ASCII. */
  pushTerms(normalised: string, numbers: GrowableUint32Array): boolean {
    if (!isPlain(normalised)) {
      for (const piece of sequenceTerms(normalised)) numbers.push(this.push(piece));
      return false;
    }
    let start = 0;
    for (let at = 0; at <= normalised.length; at++) {
      if (at < normalised.length && normalised.charCodeAt(at) !== SPACE) continue;
      numbers.push(this.intern(normalised, start, at));
      start = at + 1;
    }
    return true;
  }

  /** All terms in id order (see `compareTerms`), joined ones with JOINER in front, and the id of each by its number. */
  inOrder(): { terms: string[]; ids: Uint32Array } {
    const order = this.sortedNumbers();
    const used = this.units.subarray(0, this.offsets[this.count]!);
    const all = Buffer.from(used.buffer, used.byteOffset, used.byteLength).toString('utf16le');
    const terms: string[] = [];
    const ids = new Uint32Array(this.count);
    for (let id = 0; id < order.length; id++) {
      const number = order[id]!;
      ids[number] = id;
      terms.push(all.substring(this.offsets[number]!, this.offsets[number + 1]!));
    }
    return { terms, ids };
  }

  /** Counting sorts by the first units, then comparisons inside the groups that share them. */
  private sortedNumbers(): Uint32Array {
    let order = new Uint32Array(this.count);
    for (let number = 0; number < order.length; number++) order[number] = number;
    let spare = new Uint32Array(this.count);
    const counts = new Uint32Array(KEYS + 1);
    for (let depth = SORTED_DEPTH - 1; depth >= 0; depth--) {
      counts.fill(0);
      for (let i = 0; i < order.length; i++) {
        const key = this.keyAt(i, depth) + 1;
        counts[key] = counts[key]! + 1;
      }
      for (let key = 1; key <= KEYS; key++) counts[key] = counts[key]! + counts[key - 1]!;
      for (let i = 0; i < order.length; i++) {
        const number = order[i]!;
        const key = this.keyAt(number, depth);
        spare[counts[key]!] = number;
        counts[key] = counts[key]! + 1;
      }
      [order, spare] = [spare, order];
    }
    const compare = (a: number, b: number): number => this.compareFrom(a, b, SORTED_DEPTH);
    let from = 0;
    for (let i = 1; i <= order.length; i++) {
      if (i < order.length && this.shareBeginning(order[from]!, order[i]!)) continue;
      if (i - from > 1) order.subarray(from, i).sort(compare);
      from = i;
    }
    return order;
  }

  /** The rank of a term's unit at `depth`, 0 beyond its end; a joined term's first one is above all others'. */
  private keyAt(number: number, depth: number): number {
    const at = this.offsets[number]! + depth;
    if (at >= this.offsets[number + 1]!) return 0;
    const unit = this.units[at]!;
    return depth === 0 && unit === JOINER_UNIT ? KEYS - 1 : codePointKey(unit);
  }

  private shareBeginning(a: number, b: number): boolean {
    for (let depth = 0; depth < SORTED_DEPTH; depth++) {
      const key = this.keyAt(a, depth);
      if (key === 0 || key !== this.keyAt(b, depth)) return false;
    }
    return true;
  }

  private compareFrom(a: number, b: number, depth: number): number {
    for (let at = depth; ; at++) {
      const key = this.keyAt(a, at);
      const difference = key - this.keyAt(b, at);
      if (difference !== 0 || key === 0) return difference;
    }
  }

  private intern(text: string, start: number, end: number): number {
    // FNV-1a over the UTF-16 units (Fowler, Noll and Vo).
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = (hash ^ (hash >>> 15)) >>> 0;
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const held = this.slots[slot]!;
      if (held === 0) return this.insert(text, start, end, hash, slot);
      if (this.hashes[held - 1] === hash && this.equals(held - 1, text, start, end))
        return held - 1;
    }
  }

  private equals(number: number, text: string, start: number, end: number): boolean {
    const from = this.offsets[number]!;
    const length = end - start;
    if (this.offsets[number + 1]! - from !== length) return false;
    for (let i = 0; i < length; i++) {
      if (this.units[from + i] !== text.charCodeAt(start + i)) return false;
    }
    return true;
  }

  private insert(text: string, start: number, end: number, hash: number, slot: number): number {
    const number = this.count++;
    const from = this.offsets[number]!;
    const length = end - start;
    if (from + length > this.units.length) {
      this.units = enlarge(this.units, new Uint16Array((this.units.length + length) * 2));
    }
    for (let i = 0; i < length; i++) this.units[from + i] = text.charCodeAt(start + i);
    if (number + 2 > this.offsets.length) {
      this.offsets = enlarge(this.offsets, new Uint32Array(this.offsets.length * 2));
      this.hashes = enlarge(this.hashes, new Uint32Array(this.hashes.length * 2));
    }
    this.offsets[number + 1] = from + length;
    this.hashes[number] = hash;
    this.slots[slot] = number + 1;
    if (this.count * 2 > this.slots.length) this.rehash();
    return number;
  }

  private rehash(): void {
    this.slots = new Uint32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let number = 0; number < this.count; number++) {
      let slot = this.hashes[number]! & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = number + 1;
    }
  }
}

/** A term's text without the mark of being joined. */
export function withoutJoiner(term: string): string {
  return term.startsWith(JOINER) ? term.slice(JOINER.length) : term;
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= PLAIN_LIMIT) return false;
  return true;
}

function enlarge<T extends Uint16Array | Uint32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
