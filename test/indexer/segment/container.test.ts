import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Container, ContainerBuilder } from '../../../indexer/segment/container.ts';
import { SegmentError } from '../../../indexer/segment/errors.ts';
import { copyOf, sectionsOf } from './built-segments.ts';

const HEADER = 32;
const ENTRY = 48;

const small = sectionsOf((builder) => {
  builder.add('bytes', Uint8Array.of(1, 2, 3));
  builder.add('nothing', new Uint32Array(0));
  builder.add('a.name.of.24.characters.', Float64Array.of(1.5, -2));
});

function fault(work: () => void): SegmentError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(SegmentError);
    return error as SegmentError;
  }
  throw new Error('expected a SegmentError, got none');
}

/** `small` after `change`, with the header's checksum made right again. */
function resealed(change: (view: DataView, file: Uint8Array) => void): Uint8Array {
  const file = copyOf(small);
  const view = new DataView(file.buffer);
  change(view, file);
  const head = crc32(file.subarray(0, 24));
  const table = file.subarray(28, HEADER + view.getUint32(12, true) * ENTRY);
  view.setUint32(24, crc32(table, head), true);
  return file;
}

describe('Container', () => {
  it('gives back any sections, in order, each at a multiple of eight bytes', () => {
    const section = fc.record({
      name: fc.stringMatching(/^[a-z.0-9]{1,24}$/),
      data: fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.uint16Array({ maxLength: 20 }),
        fc.uint32Array({ maxLength: 20 }),
        fc.float32Array({ maxLength: 20 }),
        fc.float64Array({ maxLength: 20 }),
      ),
    });
    const sections = fc.uniqueArray(section, { selector: ({ name }) => name, maxLength: 12 });
    fc.assert(
      fc.property(sections, (list) => {
        const file = sectionsOf((builder) => {
          for (const { name, data } of list) builder.add(name, data as Uint8Array);
        });
        const container = Container.open(file);
        container.verifyChecksums();
        expect(file.length % 8).toBe(0);
        expect(container.sizes()).toEqual(
          list.map(({ name, data }) => ({ section: name, bytes: data.byteLength })),
        );
        for (const { name, data } of list) {
          expect(container.has(name)).toBe(true);
          const bytes = container.uint8(name);
          expect(bytes.byteOffset % 8).toBe(0);
          expect(bytes.buffer).toBe(file.buffer);
          expect([...bytes]).toEqual([
            ...new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
          ]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('views a section as the numbers that were added', () => {
    const container = Container.open(
      sectionsOf((builder) => {
        builder.add('u16', Uint16Array.of(1, 0xffff, 3));
        builder.add('u32', Uint32Array.of(7, 0xffffffff));
        builder.add('f32', Float32Array.of(0.5, Infinity));
        builder.add('f64', Float64Array.of(0.1, -0));
      }),
    );
    expect([...container.uint16('u16')]).toEqual([1, 0xffff, 3]);
    expect([...container.uint32('u32')]).toEqual([7, 0xffffffff]);
    expect([...container.float32('f32')]).toEqual([0.5, Infinity]);
    expect([...container.float64('f64')]).toEqual([0.1, -0]);
  });

  it('is little-endian and begins with the magic, version, section count and length', () => {
    const view = new DataView(small.buffer);
    expect(Buffer.from(small.subarray(0, 8)).toString('latin1')).toBe('FORETYPE');
    expect(view.getUint32(8, true)).toBe(2);
    expect(view.getUint32(12, true)).toBe(3);
    expect(view.getFloat64(16, true)).toBe(small.length);
    expect(small.length).toBe(HEADER + 3 * ENTRY + 8 + 0 + 16);
  });

  it('opens a file of the version before, and refuses one of a version to come', () => {
    const setVersion = (version: number) =>
      resealed((view) => {
        view.setUint32(8, version, true);
      });
    expect([...Container.open(setVersion(1)).uint8('bytes')]).toEqual([1, 2, 3]);
    for (const version of [0, 3]) {
      expect(fault(() => Container.open(setVersion(version))).code).toBe('bad-version');
    }
  });

  it('opens inside a larger buffer where that is aligned, and refuses where it is not', () => {
    const larger = new Uint8Array(small.length + 32);
    larger.set(small, 16);
    const inside = Container.open(larger.subarray(16, 16 + small.length));
    inside.verifyChecksums();
    expect([...inside.float64('a.name.of.24.characters.')]).toEqual([1.5, -2]);
    expect(() => Container.open(larger.subarray(4, 4 + small.length))).toThrow('divisible by 8');
  });

  it('refuses a section name of more than 24 bytes', () => {
    expect(() => new ContainerBuilder().add('é'.repeat(13), new Uint8Array(1))).toThrow(
      'at most 24 bytes',
    );
  });

  it('says which section is missing or has no whole number of elements', () => {
    const container = Container.open(small);
    expect(fault(() => container.uint8('none'))).toMatchObject({ code: 'missing-section' });
    for (const view of ['uint16', 'uint32', 'float32', 'float64'] as const) {
      const error = fault(() => container[view]('bytes'));
      expect(error.code).toBe('bad-section');
      expect(error.message).toContain("'bytes'");
    }
  });

  it.each([
    ['magic', 0, 8, 'bad-magic', 'byte 0'],
    ['version', 8, 12, 'bad-version', 'byte 8'],
    ['section count', 12, 16, /^bad-(section|header-checksum)$/, /byte 12|bytes 0 to/],
    ['length', 16, 24, 'truncated', 'byte 16'],
    ['checksum', 24, 28, 'bad-header-checksum', 'bytes 0 to'],
    ['reserved word', 28, 32, 'bad-header-checksum', 'bytes 0 to'],
    ['table', HEADER, HEADER + 3 * ENTRY, 'bad-header-checksum', 'bytes 0 to'],
  ])('names the %s when any bit of it is flipped', (_field, from, to, code, place) => {
    for (let at = from; at < to; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const file = copyOf(small);
        file[at] = file[at]! ^ (1 << bit);
        const error = fault(() => Container.open(file));
        expect(error.code).toMatch(code);
        expect(error.message).toMatch(place);
      }
    }
  });

  it('is cut short at no length without saying so', () => {
    for (let length = 0; length < small.length; length++) {
      expect(fault(() => Container.open(copyOf(small, length))).code).toBe('truncated');
    }
  });

  it('is cut short at no length even where the header names the shorter length', () => {
    for (let length = HEADER; length < small.length; length++) {
      const file = copyOf(
        resealed((view) => view.setFloat64(16, length, true)),
        length,
      );
      expect(fault(() => Container.open(file)).code).toMatch(
        /^(truncated|bad-section|bad-header-checksum)$/,
      );
    }
  });

  it('refuses bytes behind its end', () => {
    for (const extra of [1, 8, 100]) {
      const file = new Uint8Array(small.length + extra);
      file.set(small);
      expect(fault(() => Container.open(file)).code).toBe('truncated');
      new DataView(file.buffer).setFloat64(16, file.length, true);
      const head = crc32(file.subarray(0, 24));
      const sum = crc32(file.subarray(28, HEADER + 3 * ENTRY), head);
      new DataView(file.buffer).setUint32(24, sum, true);
      expect(fault(() => Container.open(file)).message).toContain('sections end at byte');
    }
  });

  it('finds a section behind another, outside the file or of impossible length, checksum or not', () => {
    const entry = (index: number, field: number) => HEADER + index * ENTRY + 24 + field;
    for (const [at, value] of [
      [entry(1, 0), 0],
      [entry(1, 0), NaN],
      [entry(2, 0), small.length],
      [entry(0, 8), -8],
      [entry(0, 8), 2.5],
      [entry(0, 8), NaN],
      [entry(0, 8), Infinity],
      [entry(2, 8), 1e300],
    ] as const) {
      const file = resealed((view) => view.setFloat64(at, value, true));
      const error = fault(() => Container.open(file));
      expect(error.code).toBe('bad-section');
      expect(error.message).toContain('table entry');
    }
  });

  it('finds every flipped bit behind the table when its checksums are read', () => {
    const start = HEADER + 3 * ENTRY;
    for (let at = start; at < small.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const file = copyOf(small);
        file[at] = file[at]! ^ (1 << bit);
        const container = Container.open(file);
        const error = fault(() => container.verifyChecksums());
        expect(error.code).toBe('bad-section-checksum');
        expect(error.message).toMatch(
          at < start + 3 ? "'bytes'" : at < start + 8 ? `padding, byte ${at}` : "'a.name.of",
        );
      }
    }
  });

  it('opens without sections', () => {
    const file = new ContainerBuilder().finish();
    expect(file.length).toBe(HEADER);
    const container = Container.open(file);
    container.verifyChecksums();
    expect(container.sizes()).toEqual([]);
  });
});
