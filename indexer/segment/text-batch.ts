import type { ForwardIndex } from './forward-index.ts';
import { MAX_RESULTS } from './range-minimum.ts';
import {
  AS_IS,
  applyPattern,
  LITERAL,
  PLAIN,
  type SurfacePatterns,
  UPPER,
} from './surface-patterns.ts';
import type { TermDictionary } from './term-dictionary.ts';

/**
 * Writes the texts of several rows at once: their bytes are put one behind the other, decoded as a single string, and cut
 * into substrings. One decode a request instead of one a result is most of the time of writing ten results.
 */
const SPACE = 0x20;
/** Ids ascend with falling score, so a short array from the first id on keeps the texts that most answers repeat. */
const HOT_TEXTS = 1 << 16;
// A row has at most 128 code points of four bytes, a separator before each and a few bytes around them.
const MAX_ROW_BYTES = 128 * 12 + 64;

const SLOT_AS_IS = AS_IS.charCodeAt(0);
const SLOT_UPPER = UPPER.charCodeAt(0);

/** Node's decoder without `toString`'s look-up of the encoding; its type declarations leave it out. */
interface Scratch extends Buffer {
  latin1Slice(start: number, end: number): string;
}

export class TextBatch {
  private readonly terms: TermDictionary;
  private readonly forward: ForwardIndex;
  private readonly surfaces: SurfacePatterns;
  private readonly scratch = Buffer.allocUnsafeSlow(MAX_RESULTS * MAX_ROW_BYTES) as Scratch;
  private readonly ends = new Uint32Array(MAX_RESULTS);
  private readonly missing = new Uint32Array(MAX_RESULTS);
  /** The texts of the best completions that were asked for, by id. */
  private readonly hot: (string | undefined)[] = new Array(HOT_TEXTS).fill(undefined);
  private readonly hotNormalised: (string | undefined)[] = new Array(HOT_TEXTS).fill(undefined);
  /** Where the next byte goes, and the bits of all bytes so far. */
  private at = 0;
  private bits = 0;

  constructor(terms: TermDictionary, forward: ForwardIndex, surfaces: SurfacePatterns) {
    this.terms = terms;
    this.forward = forward;
    this.surfaces = surfaces;
  }

  /** Normalised forms of the first `count` of `rows`; `count` is at most MAX_RESULTS. */
  normalisedTexts(rows: Uint32Array, count: number): string[] {
    this.at = 0;
    this.bits = 0;
    for (let i = 0; i < count; i++) {
      this.writePlain(rows[i]!);
      this.ends[i] = this.at;
    }
    return this.cut(count);
  }

  /** Shown texts of the first `count` of the completions `ids`; `count` is at most MAX_RESULTS. */
  surfaceTexts(ids: Uint32Array, count: number): string[] {
    const { hot, missing } = this;
    const texts: string[] = [];
    let misses = 0;
    for (let i = 0; i < count; i++) {
      const id = ids[i]!;
      const known = id < HOT_TEXTS ? hot[id] : undefined;
      if (known === undefined) missing[misses++] = id;
      texts.push(known ?? '');
    }
    if (misses === 0) return texts;
    const written = this.writeSurfaces(missing, misses);
    for (let i = 0, next = 0; i < count && next < misses; i++) {
      if (ids[i] !== missing[next] || texts[i] !== '') continue;
      const text = written[next++]!;
      texts[i] = text;
      if (ids[i]! < HOT_TEXTS) hot[ids[i]!] = text;
    }
    return texts;
  }

  /**
   * Puts shown texts and normalised forms of the first `count` of the completions `ids`, all different, into the two lists, which get that length. Most texts are
   * shown as they are compared: these are decoded once.
   */
  bothTexts(ids: Uint32Array, count: number, shown: string[], normalised: string[]): void {
    const { hot, hotNormalised, missing, surfaces } = this;
    shown.length = 0;
    normalised.length = 0;
    let misses = 0;
    for (let i = 0; i < count; i++) {
      const id = ids[i]!;
      const known = id < HOT_TEXTS ? hotNormalised[id] : undefined;
      shown.push(known === undefined ? '' : hot[id]!);
      normalised.push(known ?? '');
      if (known === undefined) missing[misses++] = id;
    }
    if (misses === 0) return;
    const written = this.writeSurfaces(missing, misses);
    let others = 0;
    for (let i = 0; i < misses; i++) {
      const id = missing[i]!;
      if (surfaces.code(id) !== PLAIN) missing[others++] = id;
    }
    const forms = others === 0 ? [] : this.normalisedTexts(missing, others);
    let form = 0;
    for (let i = 0, next = 0; i < count; i++) {
      if (normalised[i] !== '') continue;
      const id = ids[i]!;
      const text = written[next++]!;
      const compared = form < others && missing[form] === id ? forms[form++]! : text;
      shown[i] = text;
      normalised[i] = compared;
      if (id >= HOT_TEXTS) continue;
      hot[id] = text;
      hotNormalised[id] = compared;
    }
  }

  private writeSurfaces(ids: Uint32Array, count: number): string[] {
    const { surfaces } = this;
    this.at = 0;
    this.bits = 0;
    let special = 0;
    for (let i = 0; i < count; i++) {
      const code = surfaces.code(ids[i]!);
      if (code === PLAIN) this.writePlain(ids[i]!);
      else if (code === LITERAL || !this.writePattern(ids[i]!, surfaces.patternBytes(code)))
        special++;
      this.ends[i] = this.at;
    }
    const texts = this.cut(count);
    return special === 0 ? texts : this.replaceSpecial(texts, ids);
  }

  private writePlain(row: number): void {
    const { forward, scratch } = this;
    const { text, offsets, spaced } = this.terms;
    let { at, bits } = this;
    const start = forward.start(row);
    const end = forward.start(row + 1);
    for (let place = start; place < end; place++) {
      const term = forward.termAt(place);
      const to = offsets[term + 1]!;
      if (place > start && term < spaced) scratch[at++] = SPACE;
      for (let from = offsets[term]!; from < to; from++) {
        const byte = text[from]!;
        bits |= byte;
        scratch[at++] = byte;
      }
    }
    this.at = at;
    this.bits = bits;
  }

  /** False, with nothing written, when capitals of other than ASCII letters are asked for or the pattern is not ASCII. */
  private writePattern(row: number, pattern: Uint8Array | null): boolean {
    if (pattern === null) return false;
    const { forward, scratch } = this;
    const { text, offsets } = this.terms;
    let { at, bits } = this;
    let place = forward.start(row);
    for (let i = 0; i < pattern.length; i++) {
      const symbol = pattern[i]!;
      if (symbol > SLOT_UPPER) {
        scratch[at++] = symbol;
        continue;
      }
      const term = forward.termAt(place++);
      let from = offsets[term]!;
      const to = offsets[term + 1]!;
      if (symbol !== SLOT_AS_IS) {
        const upperEnd = symbol === SLOT_UPPER ? to : from + 1;
        for (; from < upperEnd; from++) {
          const byte = text[from]!;
          if (byte >= 0x80) return false;
          scratch[at++] = byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte;
        }
      }
      for (; from < to; from++) {
        const byte = text[from]!;
        bits |= byte;
        scratch[at++] = byte;
      }
    }
    this.at = at;
    this.bits = bits;
    return true;
  }

  private cut(count: number): string[] {
    const { scratch, ends } = this;
    const isAscii = this.bits < 0x80;
    const whole = isAscii ? scratch.latin1Slice(0, this.at) : '';
    const texts: string[] = [];
    let start = 0;
    for (let i = 0; i < count; i++) {
      const end = ends[i]!;
      texts.push(isAscii ? whole.substring(start, end) : scratch.toString('utf8', start, end));
      start = end;
    }
    return texts;
  }

  private replaceSpecial(texts: readonly string[], ids: Uint32Array): string[] {
    const { surfaces } = this;
    return texts.map((text, i) => {
      if (text !== '') return text;
      const id = ids[i]!;
      const code = surfaces.code(id);
      if (code === LITERAL) return surfaces.literal(id);
      return applyPattern(surfaces.pattern(code), this.rowTerms(id));
    });
  }

  private rowTerms(row: number): string[] {
    const { forward, terms } = this;
    const texts: string[] = [];
    const end = forward.start(row + 1);
    for (let place = forward.start(row); place < end; place++) {
      texts.push(terms.termText(forward.termAt(place)));
    }
    return texts;
  }
}
