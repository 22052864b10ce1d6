import { sequenceTerms } from '../../dictionaries/terms.ts';
import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { GrowableBytes } from './growable-array.ts';
import { bitWidth, maskOf, packIntegers, readPacked } from './packed-integers.ts';
import { withoutJoiner } from './term-table.ts';

/**
 * How a completion is written, given its terms. Most surfaces are their terms with other separators and capitals, so a surface
 * is a *pattern*: literal text with a slot a term, each slot saying how the term is written.
 *
 *     terms [angular][core]   surface "@angular/core"   pattern "@·/·"
 *     terms [new][york]       surface "New York"        pattern "^ ^"
 *
 * Few patterns serve most completions: their numbers are packed at the least width. A surface that no pattern gives
 * (an apostrophe or ligature that the normalised form lost) lies whole among the literals. Pattern 0 is the terms
 * as they are, joined as they were; pattern 1 says "see the literals".
 */
/** A slot: the term as it is, with its first letter a capital, or all in capitals. */
export const AS_IS = '\u0001';
const CAPITALISED = '\u0002';
export const UPPER = '\u0003';
export const PLAIN = 0;
export const LITERAL = 1;
const RESERVED = 2;
const MAX_PATTERNS = 1 << 16;
/** A separator longer than this is no separator; the surface is kept whole. */
const MAX_LITERAL_RUN = 8;

/** A term with a capital first character. */
export function capitalise(term: string): string {
  const first = String.fromCodePoint(term.codePointAt(0) ?? 0);
  return first.toUpperCase() + term.slice(first.length);
}

/** Word characters, and those that patterns mean something else by. */
const NOT_LITERAL = /[\u0000-\u0003\p{L}\p{N}\p{M}]/u;

/** The pattern that gives `surface` from `terms` (without joiners), or null when there is none. */
export function derivePattern(surface: string, terms: readonly string[]): string | null {
  let pattern = '';
  let at = 0;
  for (const term of terms) {
    let slot = slotAt(surface, at, term);
    for (let skipped = 0; slot === null; skipped++) {
      if (skipped === MAX_LITERAL_RUN || at >= surface.length) return null;
      const character = surface[at]!;
      if (NOT_LITERAL.test(character)) return null;
      pattern += character;
      slot = slotAt(surface, ++at, term);
    }
    pattern += slot;
    at += term.length;
  }
  const tail = surface.slice(at);
  if (tail.length > MAX_LITERAL_RUN || NOT_LITERAL.test(tail)) return null;
  return pattern + tail;
}

/**
 * The pattern of an ASCII surface whose words are those of the normalised form, as they are, with other characters between
 * them; null for any other. What `derivePattern` finds for most surfaces, without cutting anything up.
 */
export function separatorPattern(surface: string, normalised: string): string | null {
  let pattern = '';
  let at = 0;
  let next = 0;
  while (next < normalised.length) {
    const first = normalised.charCodeAt(next);
    let skipped = 0;
    for (; surface.charCodeAt(at) !== first; at++) {
      if (at >= surface.length || ++skipped > MAX_LITERAL_RUN) return null;
      if (!isSeparator(surface.charCodeAt(at))) return null;
    }
    if (skipped > 0) pattern += surface.slice(at - skipped, at);
    for (; next < normalised.length; next++, at++) {
      const unit = normalised.charCodeAt(next);
      if (unit === 0x20) break;
      if (unit >= 0x80 || surface.charCodeAt(at) !== unit) return null;
    }
    pattern += AS_IS;
    next++;
  }
  for (let i = at; i < surface.length; i++) if (!isSeparator(surface.charCodeAt(i))) return null;
  return surface.length - at > MAX_LITERAL_RUN ? null : pattern + surface.slice(at);
}

/** ASCII from the space on that is no letter or digit. */
function isSeparator(unit: number): boolean {
  return (
    unit >= 0x20 &&
    unit < 0x80 &&
    !(unit >= 0x30 && unit <= 0x39) &&
    !(unit >= 0x41 && unit <= 0x5a) &&
    !(unit >= 0x61 && unit <= 0x7a)
  );
}

function slotAt(surface: string, at: number, term: string): string | null {
  if (surface.startsWith(term, at)) return AS_IS;
  const piece = surface.substr(at, term.length);
  if (piece === capitalise(term)) return CAPITALISED;
  if (piece === term.toUpperCase()) return UPPER;
  return null;
}

/** The text that `pattern` gives for `terms`. */
export function applyPattern(pattern: string, terms: readonly string[]): string {
  let text = '';
  let next = 0;
  for (const character of pattern) {
    if (character === AS_IS) text += terms[next++] ?? '';
    else if (character === CAPITALISED) text += capitalise(terms[next++] ?? ' ');
    else if (character === UPPER) text += (terms[next++] ?? '').toUpperCase();
    else text += character;
  }
  return text;
}

/** Collects surfaces in the order of the builder's input; `write` puts them into id order. */
export class SurfacePatternBuilder {
  private readonly numbers = new Map<string, number>();
  private readonly uses: number[] = [];
  private readonly literals = new Map<number, string>();

  /** The number to keep for the completion that was added as `input`: PLAIN, LITERAL or a pattern's. */
  add(input: number, normalised: string, surface: string): number {
    if (surface === normalised) return PLAIN;
    const pattern =
      separatorPattern(surface, normalised) ??
      derivePattern(surface, sequenceTerms(normalised).map(withoutJoiner));
    if (pattern !== null) {
      const known = this.numbers.get(pattern);
      if (known !== undefined) {
        this.uses[known] = this.uses[known]! + 1;
        return known + RESERVED;
      }
      this.numbers.set(pattern, this.uses.length);
      this.uses.push(1);
      return this.uses.length - 1 + RESERVED;
    }
    this.literals.set(input, surface);
    return LITERAL;
  }

  /**
   * Adds the sections `surfaces.*`. `inputs` gives the builder's input of each completion id, `numbers` what `add` returned
   * for each input; `termsOf` a completion's terms without joiners. Patterns are renumbered by use, so that the bytes do not depend
   * on the order of input; the surfaces of patterns beyond the most that can be numbered are kept whole.
   */
  write(
    builder: ContainerBuilder,
    inputs: Uint32Array,
    numbers: Uint32Array,
    termsOf: (id: number) => readonly string[],
  ): void {
    const patterns = [...this.numbers.keys()];
    const byUse = patterns
      .map((pattern, number) => ({ pattern, number, uses: this.uses[number]! }))
      .sort((a, b) => b.uses - a.uses || (a.pattern < b.pattern ? -1 : 1));
    const kept = byUse.slice(0, MAX_PATTERNS - RESERVED);
    const renumbered = new Uint32Array(patterns.length + RESERVED).fill(LITERAL);
    renumbered[PLAIN] = PLAIN;
    kept.forEach(({ number }, rank) => {
      renumbered[number + RESERVED] = rank + RESERVED;
    });

    const codes = new Uint32Array(inputs.length);
    const literalIds: number[] = [];
    const literals = new GrowableBytes();
    const literalOffsets: number[] = [0];
    for (let id = 0; id < inputs.length; id++) {
      const input = inputs[id]!;
      codes[id] = renumbered[numbers[input]!]!;
      if (codes[id] !== LITERAL) continue;
      literalIds.push(id);
      const text = this.literals.get(input);
      literals.appendText(text ?? applyPattern(patterns[numbers[input]! - RESERVED]!, termsOf(id)));
      literalOffsets.push(literals.length);
    }
    const width = bitWidth(kept.length + RESERVED - 1);
    const patternText = Buffer.from(kept.map(({ pattern }) => pattern).join('\u0000'), 'utf8');
    builder.add('surfaces.codes', packIntegers(codes, width));
    builder.add('surfaces.shape', Uint32Array.of(inputs.length, width, kept.length));
    builder.add('surfaces.patterns', patternText);
    builder.add('surfaces.literalIds', Uint32Array.from(literalIds));
    builder.add('surfaces.literalEnds', Uint32Array.from(literalOffsets));
    builder.add('surfaces.literals', literals.view());
  }
}

/** How a completion is shown: the pattern that makes its surface of its terms, or the surface as it is. */
export class SurfacePatterns {
  private readonly codes: Uint32Array;
  private readonly width: number;
  private readonly mask: number;
  private readonly patternCount: number;
  private readonly patternText: Uint8Array;
  private readonly literalIds: Uint32Array;
  private readonly literalOffsets: Uint32Array;
  private readonly literals: Uint8Array;
  private readonly completions: number;
  private decoded: readonly string[] | null = null;
  private encoded: readonly (Uint8Array | null)[] | null = null;

  constructor(container: Container) {
    this.codes = container.uint32('surfaces.codes');
    const shape = container.uint32('surfaces.shape');
    this.completions = shape[0] ?? 0;
    this.width = shape[1] ?? 0;
    this.patternCount = shape[2] ?? 0;
    this.mask = maskOf(this.width);
    this.patternText = container.uint8('surfaces.patterns');
    this.literalIds = container.uint32('surfaces.literalIds');
    this.literalOffsets = container.uint32('surfaces.literalEnds');
    this.literals = container.uint8('surfaces.literals');
    if (
      this.width < 1 ||
      this.width > 17 ||
      this.codes.length !== Math.ceil(this.completions / 32) * this.width + 1 ||
      this.literalOffsets.length !== this.literalIds.length + 1
    ) {
      throw new SegmentError(
        'bad-section',
        "segment sections 'surfaces.*': their lengths disagree",
      );
    }
  }

  /** PLAIN, LITERAL, or the number to give to `pattern`. */
  code(id: number): number {
    return readPacked(this.codes, this.width, this.mask, id);
  }

  /** The pattern of a code that is neither PLAIN nor LITERAL. */
  pattern(code: number): string {
    return this.patterns()[code - RESERVED] ?? AS_IS;
  }

  /** The pattern's bytes, or null when it is not ASCII. */
  patternBytes(code: number): Uint8Array | null {
    this.encoded ??= this.patterns().map((pattern) =>
      /^[\u0000-\u007f]*$/.test(pattern) ? Uint8Array.from(Buffer.from(pattern, 'latin1')) : null,
    );
    return this.encoded[code - RESERVED] ?? null;
  }

  private patterns(): readonly string[] {
    this.decoded ??= Buffer.from(this.patternText).toString('utf8').split('\u0000');
    return this.decoded;
  }

  /** The surface of a completion whose code is LITERAL. */
  literal(id: number): string {
    let low = 0;
    let high = this.literalIds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.literalIds[middle]! < id) low = middle + 1;
      else high = middle;
    }
    const bytes = this.literals.subarray(this.literalOffsets[low]!, this.literalOffsets[low + 1]!);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  }

  /** @throws SegmentError when a code names no pattern, or the literals are not one a completion that asks for one. */
  verify(): void {
    let literal = 0;
    for (let id = 0; id < this.completions; id++) {
      const code = this.code(id);
      if (code >= this.patternCount + RESERVED) {
        throw new SegmentError(
          'broken-order',
          `segment section 'surfaces.codes', completion ${id}: expected a pattern below ${this.patternCount + RESERVED}, got ${code}`,
        );
      }
      if (code === LITERAL && this.literalIds[literal++] !== id) {
        throw new SegmentError(
          'broken-order',
          `segment section 'surfaces.literalIds', entry ${literal - 1}: expected completion ${id}`,
        );
      }
    }
    if (literal !== this.literalIds.length) {
      throw new SegmentError(
        'broken-order',
        `segment section 'surfaces.literalIds': expected ${literal} entries, got ${this.literalIds.length}`,
      );
    }
  }
}
