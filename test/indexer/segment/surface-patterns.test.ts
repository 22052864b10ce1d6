import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { cleanSurface } from '../../../dictionaries/surface.ts';
import { sequenceTerms } from '../../../dictionaries/terms.ts';
import { Container } from '../../../indexer/segment/container.ts';
import { SegmentError } from '../../../indexer/segment/errors.ts';
import {
  applyPattern,
  derivePattern,
  LITERAL,
  PLAIN,
  SurfacePatternBuilder,
  SurfacePatterns,
  separatorPattern,
} from '../../../indexer/segment/surface-patterns.ts';
import { withoutJoiner } from '../../../indexer/segment/term-table.ts';
import { anyText } from '../../support/text-arbitraries.ts';
import { sectionsOf } from './built-segments.ts';

function termsOf(normalised: string): string[] {
  return sequenceTerms(normalised).map(withoutJoiner);
}

/** How people write terms: as they are, capitalised, in capitals, with all kinds of characters between them. */
const styled = fc
  .array(
    fc.record({
      word: fc.constantFrom('new', 'york', 'élan', 'ǆep', 'ßen', 'ﬁne', 'a', 'i̇x', '𐐨b', '京', '8'),
      style: fc.constantFrom(
        (text: string) => text,
        (text: string) => text.charAt(0).toUpperCase() + text.slice(1),
        (text: string) => text.toUpperCase(),
        (text: string) => text.charAt(0) + text.slice(1).toUpperCase(),
      ),
      before: fc.constantFrom('', ' ', '-', ' · ', '@', '://', ' (', '"', '…………', '---------'),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.map(({ word, style, before }) => before + style(word)).join(''));

const surfaces = fc
  .oneof(styled, anyText())
  .map((raw) => cleanSurface(raw))
  .filter((surface) => normalise(surface) !== '');

describe('derivePattern', () => {
  it('gives a pattern that gives the surface back, or none', () => {
    fc.assert(
      fc.property(surfaces, (surface) => {
        const terms = termsOf(normalise(surface));
        const pattern = derivePattern(surface, terms);
        if (pattern !== null) expect(applyPattern(pattern, terms)).toBe(surface);
      }),
      { numRuns: 800 },
    );
  });

  it('gives back the surface from terms that are not its own as well, or finds no pattern', () => {
    const anyTerms = fc.array(fc.constantFrom('a', 'new', 'é', 'ß', '京'), { maxLength: 4 });
    fc.assert(
      fc.property(surfaces, anyTerms, (surface, terms) => {
        const pattern = derivePattern(surface, terms);
        if (pattern !== null) expect(applyPattern(pattern, terms)).toBe(surface);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['new york', ['new', 'york']],
    ['New York', ['new', 'york']],
    ['NEW york', ['new', 'york']],
    ['@angular/core', ['angular', 'core']],
    ['Élan ÉLAN élan', ['élan', 'élan', 'élan']],
    ['𐐀b', ['𐐨b']],
    ['iPhone手机', ['iPhone', '手', '机']],
    ['(what?)', ['what']],
    ['京都', ['京', '都']],
  ])('knows how %s is written', (surface, terms) => {
    const pattern = derivePattern(surface, terms);
    expect(pattern).not.toBeNull();
    expect(applyPattern(pattern!, terms)).toBe(surface);
  });

  it.each([
    ['ǅep, whose title case is no upper case', 'ǅep', ['ǆep']],
    ['Straße, whose term is longer', 'Straße', ['strasse']],
    ['nEW', 'nEW', ['new']],
    ['a lost apostrophe', "don't", ['dont']],
    ['nine separators', 'a---------b', ['a', 'b']],
    ['nine separators at the end', 'a---------', ['a']],
    ['a word too many', 'a b c', ['a', 'b']],
    ['a word too few', 'a', ['a', 'b']],
  ])('has no pattern for %s', (_what, surface, terms) => {
    expect(derivePattern(surface, terms)).toBeNull();
  });

  it('keeps the same pattern for the same way of writing', () => {
    expect(derivePattern('New York', ['new', 'york'])).toBe(
      derivePattern('San Jose', ['san', 'jose']),
    );
    expect(derivePattern('new-york', ['new', 'york'])).not.toBe(
      derivePattern('new york', ['new', 'york']),
    );
  });
});

describe('separatorPattern', () => {
  it('is what derivePattern finds, or nothing', () => {
    const ascii = fc
      .array(fc.constantFrom('new', 'york', 'a', ' ', '-', '/', '@', 'N', '8', '---------'), {
        minLength: 1,
        maxLength: 8,
      })
      .map((parts) => cleanSurface(parts.join('')))
      .filter((surface) => normalise(surface) !== '');
    fc.assert(
      fc.property(fc.oneof(ascii, surfaces), (surface) => {
        const normalised = normalise(surface);
        const pattern = separatorPattern(surface, normalised);
        if (pattern === null) return;
        expect(applyPattern(pattern, termsOf(normalised))).toBe(surface);
        expect(pattern).toBe(derivePattern(surface, termsOf(normalised)));
      }),
      { numRuns: 1000 },
    );
  });

  it('finds plain separators and leaves capitals to derivePattern', () => {
    expect(separatorPattern('new-york!', 'new york')).not.toBeNull();
    expect(separatorPattern('New York', 'new york')).toBeNull();
    expect(separatorPattern('new·york', 'new york')).toBeNull();
  });
});

describe('SurfacePatterns', () => {
  const sectionsFor = (list: readonly string[]) => {
    const collected = new SurfacePatternBuilder();
    const numbers = list.map((surface, input) => collected.add(input, normalise(surface), surface));
    return Container.open(
      sectionsOf((builder) =>
        collected.write(builder, Uint32Array.from(list.keys()), Uint32Array.from(numbers), (id) =>
          sequenceTerms(normalise(list[id]!)).map(withoutJoiner),
        ),
      ),
    );
  };

  it('gives every surface back from its code', () => {
    fc.assert(
      fc.property(fc.array(surfaces, { maxLength: 40 }), (list) => {
        const patterns = new SurfacePatterns(sectionsFor(list));
        patterns.verify();
        list.forEach((surface, id) => {
          const code = patterns.code(id);
          const terms = termsOf(normalise(surface));
          if (code === PLAIN) expect(surface).toBe(normalise(surface));
          else if (code === LITERAL) expect(patterns.literal(id)).toBe(surface);
          else expect(applyPattern(patterns.pattern(code), terms)).toBe(surface);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('names the completion whose code or literal is wrong', () => {
    const fault = (change: (container: Container) => void): string => {
      const container = sectionsFor(['New York', 'paris', "Don't", 'Straße']);
      change(container);
      try {
        new SurfacePatterns(container).verify();
      } catch (error) {
        expect(error).toBeInstanceOf(SegmentError);
        return (error as SegmentError).message;
      }
      return 'no fault';
    };
    expect(fault(() => {})).toBe('no fault');
    expect(fault((c) => c.uint32('surfaces.codes').fill(3, 0, 1))).toContain('completion 0');
    expect(fault((c) => c.uint32('surfaces.literalIds').fill(1, 0, 1))).toContain('completion 2');
    expect(fault((c) => c.uint32('surfaces.codes').fill(0b00010010, 0, 1))).toContain('expected 1');
    expect(fault((c) => c.uint32('surfaces.shape').fill(0, 1, 2))).toContain("'surfaces.*'");
    expect(fault((c) => c.uint32('surfaces.shape').fill(99, 0, 1))).toContain("'surfaces.*'");
  });
});
