import { JOINER } from '../../dictionaries/terms.ts';
import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { GrowableBytes } from './growable-array.ts';

// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

/**
 * Term ids to texts and back. Ids ascend with the terms' code point order, terms that follow a space (or begin a text)
 * first, joined terms (those that follow without a space) after them: `spaced` says where these begin.
 *
 * The texts lie uncompressed: front coding would save about one byte a completion and cost most of a lookup's time, as each
 * of ten results decodes several terms.
 */
export interface TermRange {
  /** First term id of the range. */
  readonly low: number;
  /** The id after the last; `low === high` for none. */
  readonly high: number;
}

/** Compares by code points, which is the order of UTF-8 bytes (JavaScript compares UTF-16 units). */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = charCodeAt.call(a, i);
    const right = charCodeAt.call(b, i);
    if (left === right) continue;
    // A surrogate stands for a code point above every other unit's.
    const leftIsAstral = left >= 0xd800 && left <= 0xdfff;
    const rightIsAstral = right >= 0xd800 && right <= 0xdfff;
    if (leftIsAstral !== rightIsAstral) return leftIsAstral ? 1 : -1;
    return left - right;
  }
  return a.length - b.length;
}

/** Spaced terms by code points, then joined ones: the order of term ids. Arguments carry JOINER where joined. */
export function compareTerms(a: string, b: string): number {
  const joinedA = a.startsWith(JOINER);
  const joinedB = b.startsWith(JOINER);
  if (joinedA !== joinedB) return joinedA ? 1 : -1;
  return compareCodePoints(a, b);
}

/** Adds the sections `terms.*` for terms in id order; returns a reader of their bytes (-1 beyond a term's end). */
export function writeTermDictionary(
  builder: ContainerBuilder,
  sorted: readonly string[],
): (id: number, index: number) => number {
  const bytes = new GrowableBytes();
  const offsets = new Uint32Array(sorted.length + 1);
  let spaced = 0;
  sorted.forEach((term, id) => {
    const isJoined = term.startsWith(JOINER);
    if (!isJoined) spaced++;
    bytes.appendText(isJoined ? term.slice(JOINER.length) : term);
    offsets[id + 1] = bytes.length;
  });
  builder.add('terms.text', bytes.view());
  builder.add('terms.offsets', offsets);
  builder.add('terms.counts', Uint32Array.of(sorted.length, spaced));
  const text = bytes.view();
  builder.add('terms.pairs', pairStarts(text, offsets, spaced));
  return (id, index) => {
    const at = offsets[id]! + index;
    return at < offsets[id + 1]! ? text[at]! : -1;
  };
}

const ASCII = 128;

/**
 * Where the spaced terms that begin with each pair of ASCII characters begin: entry `first * 128 + second` is the number of spaced terms below
 * that pair, so that short prefixes need no search and longer ones a short one.
 */
function pairStarts(text: Uint8Array, offsets: Uint32Array, spaced: number): Uint32Array {
  const starts = new Uint32Array(ASCII * ASCII + 1).fill(spaced);
  let next = 0;
  for (let id = 0; id < spaced; id++) {
    const first = text[offsets[id]!]!;
    const second = offsets[id + 1]! - offsets[id]! > 1 ? text[offsets[id]! + 1]! : 0;
    // A second byte beyond ASCII sorts after every pair of the first one.
    const last = first >= ASCII ? ASCII * ASCII : first * ASCII + Math.min(second, ASCII - 1);
    while (next <= last) starts[next++] = id;
    if (first >= ASCII) break;
  }
  return starts;
}

const MAX_TERM_BYTES = 4096;
const scratch = new Uint8Array(MAX_TERM_BYTES);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** UTF-8 of `term` into the shared scratch; returns its length. Longer terms than any indexed are cut, and match none. */
function encodeTerm(term: string): number {
  const length = Math.min(term.length, MAX_TERM_BYTES);
  for (let i = 0; i < length; i++) {
    const unit = charCodeAt.call(term, i);
    if (unit >= 0x80) return encoder.encodeInto(term, scratch).written;
    scratch[i] = unit;
  }
  return length;
}

/** Which terms there are, in their order, spaced ones before joined ones; which of them begin with a text. */
export class TermDictionary {
  /** UTF-8 of all terms, one after the other. */
  readonly text: Uint8Array;
  /** Byte offsets into `text`, one more than there are terms. */
  readonly offsets: Uint32Array;
  readonly size: number;
  /** Ids below are spaced terms, ids from here on joined ones. */
  readonly spaced: number;
  private readonly pairs: Uint32Array;

  constructor(container: Container) {
    this.text = container.uint8('terms.text');
    this.offsets = container.uint32('terms.offsets');
    const counts = container.uint32('terms.counts');
    this.size = counts[0] ?? 0;
    this.spaced = counts[1] ?? 0;
    this.pairs = container.uint32('terms.pairs');
    if (
      this.pairs.length !== ASCII * ASCII + 1 ||
      this.offsets.length !== this.size + 1 ||
      this.spaced > this.size
    ) {
      throw new SegmentError(
        'bad-section',
        `segment sections 'terms.*': expected ${this.size + 1} offsets and ${ASCII * ASCII + 1} pairs, got ${this.offsets.length} and ${this.pairs.length}`,
      );
    }
  }

  /** The id of exactly this term, or -1. */
  find(term: string, joined: boolean): number {
    const length = encodeTerm(term);
    const end = joined ? this.size : this.pairEnd(length);
    const at = this.lowerBound(length, joined ? this.spaced : this.pairStart(length), end);
    if (at === end) return -1;
    const start = this.offsets[at]!;
    if (this.offsets[at + 1]! - start !== length) return -1;
    for (let i = 0; i < length; i++) if (this.text[start + i] !== scratch[i]) return -1;
    return at;
  }

  /** The terms that begin with `prefix`; all of them for an empty one. */
  prefixRange(prefix: string, joined: boolean): TermRange {
    const length = encodeTerm(prefix);
    const start = joined ? this.spaced : this.pairStart(length);
    const end = joined ? this.size : this.pairEnd(length);
    // One or two ASCII characters are what the table of pairs answers by itself. (DEL, the last of them, shares its place with
    // what follows ASCII.)
    const last = length === 1 || length === 2 ? scratch[length - 1]! : ASCII;
    if (!joined && scratch[0]! < ASCII - 1 && last < ASCII - 1) {
      return { low: start, high: end };
    }
    const low = this.lowerBound(length, start, end);
    return { low, high: this.prefixUpperBound(length, low, end) };
  }

  /**
   * By how many UTF-16 units of `text` it is: the spaced term that is the beginning of the text, -1 where there is none or a character would be parted; from 0 units to all of it.
   * The terms that begin alike are narrowed letter by letter, in a third of the time that finding each beginning takes.
   */
  findBeginnings(text: string): Int32Array {
    const found = new Int32Array(text.length + 1).fill(-1);
    const length = encodeTerm(text);
    let low = this.pairStart(Math.min(1, length));
    let high = this.pairEnd(Math.min(1, length));
    let bytes = 0;
    for (let unit = 0; unit < text.length && low < high; ) {
      const code = text.codePointAt(unit)!;
      unit += code < 0x10000 ? 1 : 2;
      const end = bytes + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
      // Longer texts than any term were cut.
      if (end > length) break;
      for (; bytes < end; bytes++) {
        low = this.firstFrom(low, high, bytes, scratch[bytes]!);
        high = this.firstFrom(low, high, bytes, scratch[bytes]! + 1);
      }
      if (low < high && this.offsets[low + 1]! - this.offsets[low]! === bytes) found[unit] = low;
    }
    return found;
  }

  /** First of the terms `low` … `high - 1`, which share the bytes before `at`, that has there a byte which is not below `byte`. */
  private firstFrom(low: number, high: number, at: number, byte: number): number {
    const { text, offsets } = this;
    let from = low;
    let to = high;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const place = offsets[middle]! + at;
      if (place >= offsets[middle + 1]! || text[place]! < byte) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** No spaced term before this id begins with the scratch's first `length` bytes. */
  private pairStart(length: number): number {
    if (length === 0 || scratch[0]! >= ASCII) return length === 0 ? 0 : this.pairs[ASCII * ASCII]!;
    const second = length > 1 ? Math.min(scratch[1]!, ASCII - 1) : 0;
    return this.pairs[scratch[0]! * ASCII + second]!;
  }

  /** No spaced term from this id on begins with the scratch's first `length` bytes. */
  private pairEnd(length: number): number {
    if (length === 0 || scratch[0]! >= ASCII) return this.spaced;
    const isPair = length > 1 && scratch[1]! < ASCII - 1;
    return this.pairs[isPair ? scratch[0]! * ASCII + scratch[1]! + 1 : (scratch[0]! + 1) * ASCII]!;
  }

  /** The term's text, without a mark of being joined. */
  termText(id: number): string {
    return decoder.decode(this.text.subarray(this.offsets[id]!, this.offsets[id + 1]!));
  }

  /** First id in `low` … `high` whose text is not less than the scratch's first `length` bytes. */
  private lowerBound(length: number, low: number, high: number): number {
    let from = low;
    let to = high;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.compareToScratch(middle, length) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** First id in `low` … `high` whose text does not begin with the scratch, given that those before do or are less. */
  private prefixUpperBound(length: number, low: number, high: number): number {
    // Most ranges are short: double the step first, then halve it.
    let step = 1;
    let from = low;
    while (from + step <= high && this.beginsWithScratch(from + step - 1, length)) {
      from += step;
      step *= 2;
    }
    let to = Math.min(from + step, high);
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.beginsWithScratch(middle, length)) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  private compareToScratch(id: number, length: number): number {
    const { text } = this;
    const start = this.offsets[id]!;
    const termLength = this.offsets[id + 1]! - start;
    const shared = termLength < length ? termLength : length;
    for (let i = 0; i < shared; i++) {
      const difference = text[start + i]! - scratch[i]!;
      if (difference !== 0) return difference;
    }
    return termLength - length;
  }

  private beginsWithScratch(id: number, length: number): boolean {
    const start = this.offsets[id]!;
    if (this.offsets[id + 1]! - start < length) return false;
    for (let i = length - 1; i >= 0; i--) if (this.text[start + i] !== scratch[i]) return false;
    return true;
  }

  /** @throws SegmentError when the terms are not in strictly ascending order or not inside the text. */
  verify(): void {
    const pairs = pairStarts(this.text, this.offsets, this.spaced);
    const fault = pairs.findIndex((start, pair) => start !== this.pairs[pair]);
    if (fault >= 0) {
      throw new SegmentError(
        'broken-order',
        `segment section 'terms.pairs', entry ${fault}: expected term ${pairs[fault]}, got ${this.pairs[fault]}`,
      );
    }
    for (let id = 0; id < this.size; id++) {
      const start = this.offsets[id]!;
      const end = this.offsets[id + 1]!;
      if (end <= start || end > this.text.length) {
        throw new SegmentError(
          'broken-order',
          `segment section 'terms.offsets', entry ${id}: expected ascending offsets inside ${this.text.length} bytes, got ${start} to ${end}`,
        );
      }
      if (id === 0 || id === this.spaced) continue;
      const before = this.text.subarray(this.offsets[id - 1]!, start);
      if (Buffer.compare(before, this.text.subarray(start, end)) >= 0) {
        throw new SegmentError(
          'broken-order',
          `segment section 'terms.text', term ${id}: expected it after term ${id - 1} in byte order`,
        );
      }
    }
  }
}
