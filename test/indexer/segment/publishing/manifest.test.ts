import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../indexer/segment/canonical-json.ts';
import { SegmentError } from '../../../../indexer/segment/errors.ts';
import { decodeText } from '../../../../indexer/segment/json-fields.ts';
import {
  createManifest,
  type Manifest,
  parseManifest,
  type SnapshotInfo,
  writeManifest,
} from '../../../../indexer/segment/manifest.ts';
import { flipBit, sampleInfo } from './sample-snapshots.ts';

const PLACE = 'x/manifest.json';
const FILES = [{ file: 'segment.ft', bytes: 4096, sha256: 'ab'.repeat(32) }];

const info: fc.Arbitrary<SnapshotInfo> = fc
  .record({
    asOf: fc.option(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      { nil: null },
    ),
    market: fc.option(fc.constantFrom('en-US', 'de', 'zh-Hant-TW', 'und'), { nil: null }),
    markets: fc.uniqueArray(
      fc.record({
        market: fc.constantFrom('und', 'en-US', 'de', 'fr-CA', 'sr-Latn'),
        completions: fc.nat(1000),
      }),
      { selector: ({ market }) => market },
    ),
    completions: fc.integer({ min: 1000, max: Number.MAX_SAFE_INTEGER }),
    minUsers: fc.nat(),
    group: fc.constantFrom('none' as const, 'surface' as const, 'variants' as const),
    safety: fc.boolean(),
    halfLifeDays: fc.double({ min: 0, max: 1e6, noNaN: true }),
    input: fc.dictionary(fc.stringMatching(/^[A-Za-z][\w.-]{0,12}$/), fc.nat()),
  })
  .map((fields) => fields);

function errorOf(work: () => unknown): SegmentError {
  try {
    work();
  } catch (error) {
    if (error instanceof SegmentError) return error;
    throw error;
  }
  throw new Error('expected a SegmentError, nothing was thrown');
}

function sample(): Manifest {
  return createManifest(sampleInfo(12), FILES);
}

/** The text of a manifest with a field replaced and the checksum left as it was. */
function withField(field: string, value: unknown): string {
  return canonicalJson({ ...sample(), [field]: value });
}

describe('parseManifest', () => {
  it('gives back what writeManifest wrote', () => {
    fc.assert(
      fc.property(info, (fields) => {
        const manifest = createManifest(fields, FILES);
        expect(parseManifest(writeManifest(manifest), PLACE)).toEqual(manifest);
      }),
    );
  });

  it('catches every flipped bit', () => {
    const bytes = new TextEncoder().encode(writeManifest(sample()));
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const error = errorOf(() => {
        const source = { code: 'bad-manifest', place: PLACE } as const;
        parseManifest(decodeText(flipBit(bytes, bit), source), PLACE);
      });
      expect(error.message).toContain(PLACE);
      expect(['bad-manifest', 'bad-version']).toContain(error.code);
    }
  });

  it('catches every cut and every added byte', () => {
    const text = writeManifest(sample());
    for (let length = 0; length < text.length; length += 1) {
      expect(errorOf(() => parseManifest(text.slice(0, length), PLACE)).code).toBe('bad-manifest');
    }
    for (const more of [' ', '\n', 'x', '\u0000']) {
      expect(errorOf(() => parseManifest(text + more, PLACE)).code).toBe('bad-manifest');
      expect(errorOf(() => parseManifest(more + text, PLACE)).code).toBe('bad-manifest');
    }
  });

  it.each([
    ['asOf', 12, 'asOf'],
    ['asOf', '2026-13-41T00:00:00Z', 'asOf'],
    ['asOf', '2026-01-01', 'asOf'],
    ['market', '../x', 'market'],
    ['markets', {}, 'markets'],
    ['markets', [{ market: 'de', completions: 13 }], 'markets[0].completions'],
    ['markets', [{ market: 'de', completions: 1, x: 1 }], 'markets[0].x'],
    ['completions', -1, 'completions'],
    ['completions', 1.5, 'completions'],
    ['completions', '12', 'completions'],
    ['minUsers', null, 'minUsers'],
    ['group', 'all', 'group'],
    ['safety', 'true', 'safety'],
    ['halfLifeDays', -1, 'halfLifeDays'],
    ['input', [], 'input'],
    ['input', { rows: '1' }, 'input.rows'],
    ['files', [], 'files'],
    ['files', [{ ...FILES[0], file: '../segment.ft' }], 'files[0].file'],
    ['files', [{ ...FILES[0], sha256: 'ab' }], 'files[0].sha256'],
    ['checksum', 'ab'.repeat(32), 'checksum'],
    ['snapshot', 's-0123456789abcdef', 'snapshot'],
    ['extra', 1, 'extra'],
  ])('names the field when %s is %j', (field, value, path) => {
    const error = errorOf(() => parseManifest(withField(field, value), PLACE));
    expect(error.code).toBe('bad-manifest');
    expect(error.details.section).toBe(path);
    expect(error.message).toContain(`${PLACE}: ${path}: expected`);
  });

  it('catches a change of content that every field would allow', () => {
    const error = errorOf(() => parseManifest(withField('minUsers', 4), PLACE));
    expect(error.details.section).toBe('checksum');
  });

  it('names the format of a later version', () => {
    const error = errorOf(() => parseManifest(withField('format', 2), PLACE));
    expect(error.code).toBe('bad-version');
    expect(error.message).toContain('expected 1, found 2');
  });

  it('refuses JSON that is no object', () => {
    for (const text of ['null\n', '[]\n', '7\n', '"x"\n']) {
      expect(errorOf(() => parseManifest(text, PLACE)).code).toBe('bad-manifest');
    }
  });
});

describe('createManifest', () => {
  it('does not depend on the order of keys and markets', () => {
    fc.assert(
      fc.property(info, (fields) => {
        const turned = Object.fromEntries(Object.entries(fields).reverse());
        const reordered = { ...turned, markets: [...fields.markets].reverse() } as unknown;
        expect(writeManifest(createManifest(reordered as SnapshotInfo, FILES))).toBe(
          writeManifest(createManifest(fields, FILES)),
        );
      }),
    );
  });

  it('gives another name to other content', () => {
    const other = createManifest({ ...sampleInfo(12), minUsers: 6 }, FILES);
    const otherBytes = createManifest(sampleInfo(12), [{ ...FILES[0]!, sha256: 'cd'.repeat(32) }]);
    expect(new Set([sample().snapshot, other.snapshot, otherBytes.snapshot]).size).toBe(3);
  });

  it('refuses information that cannot be, naming the field', () => {
    const twice = [
      { market: 'de', completions: 1 },
      { market: 'de', completions: 2 },
    ];
    const wrong: readonly [Partial<SnapshotInfo>, string][] = [
      [{ completions: Number.NaN }, 'completions'],
      [{ halfLifeDays: Number.POSITIVE_INFINITY }, 'halfLifeDays'],
      [{ input: { rows: Number.NaN } }, 'input.rows'],
      [{ input: { '': 1 } }, 'input'],
      [{ markets: twice }, 'markets[1]'],
    ];
    for (const [change, path] of wrong) {
      const error = errorOf(() => createManifest({ ...sampleInfo(12), ...change }, FILES));
      expect([error.code, error.details.section]).toEqual(['bad-input', path]);
    }
  });
});
