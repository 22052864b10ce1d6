import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  goesOn,
  RunMatches,
  surfaceOf,
  walkRuns,
} from '../../../dictionaries/mentions/run-walk.ts';
import { TextScan } from '../../../dictionaries/mentions/text-scan.ts';
import { SurfaceBook } from '../../../indexer/entities/surface-book.ts';
import { Container, ContainerBuilder } from '../../../indexer/segment/container.ts';
import { Linker } from '../../../indexer/segment/linker-section.ts';
import {
  type LinkedSurface,
  writeLinker,
} from '../../../indexer/segment/linker-section-builder.ts';

function linkedOf(texts: readonly string[]): LinkedSurface[] {
  const book = new SurfaceBook();
  for (const text of texts) book.enter(text);
  return book.surfaces.map(({ runs, hashtag }, i) => ({
    runs,
    hashtags: hashtag === null ? [] : [hashtag],
    input: i % 3 === 0 ? -1 : i,
    isNamed: true,
    type: 'topic',
    logits: [i / 16, -1, 1, 2],
    context: [{ a: 0x12345600 + i * 256, weight: 1.5 }],
  }));
}

function bytesOf(surfaces: readonly LinkedSurface[]): Uint8Array {
  const builder = new ContainerBuilder();
  const words = [{ a: 1, b: 2, value: 3 }];
  writeLinker(builder, { surfaces, words, inputToId: Uint32Array.from(surfaces.keys()) });
  return builder.finish();
}

const open = (surfaces: readonly LinkedSurface[]) =>
  Linker.open(Container.open(bytesOf(surfaces)))!;

const word = fc.constantFrom('new', 'york', 'city', 'ferrari', 'of', 'bank', '東', '京');
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

describe('the linker', () => {
  it('finds just what a search through all surfaces finds', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(text, { maxLength: 12 }),
        fc.array(word, { maxLength: 9 }),
        (surfaces, words) => {
          const linker = open(linkedOf(surfaces));
          linker.verify(surfaces.length);
          const known = surfaces.filter((surface) => surface.length > 1);
          const scan = new TextScan();
          const matches = new RunMatches();
          const written = words.join(' ');
          scan.scan(written);
          walkRuns(scan, linker, matches);
          const found = Array.from({ length: matches.count }, (_, i) =>
            written.slice(scan.starts[matches.firsts[i]!], matches.ends[i]),
          );
          const expected: string[] = [];
          for (let first = 0; first < words.length; first++) {
            for (let last = first + 1; last <= words.length; last++) {
              const span = words.slice(first, last).join(' ');
              if (known.includes(span)) expected.push(span);
            }
          }
          expect(found.sort()).toEqual(expected.sort());
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives back what was written', () => {
    const surfaces = linkedOf(['new york', 'ferrari', 'apple']);
    const linker = open(surfaces);
    const [{ a, b }] = surfaces[1]!.runs[0] as unknown as readonly [{ a: number; b: number }];
    const value = linker.find(a, b);
    expect(surfaceOf(value)).toBe(1);
    expect(goesOn(value)).toBe(false);
    expect(linker.targetOf(0)).toBe(-1);
    expect(linker.targetOf(1)).toBe(1);
    expect(linker.logitOf(2, 0)).toBe(2 / 16);
    expect(linker.contextSum(2, new Set([(0x12345600 + 512 + 7) >>> 8, 5]))).toBe(1.5);
    expect(linker.contextSum(2, new Set([0x77345600 >>> 8]))).toBe(0);
    expect(linker.wordOf(1, 2)).toBe(3);
    expect(linker.wordOf(1, 4)).toBe(0);
  });

  it('is refused where its numbers are wrong, checksums fitting', () => {
    const surfaces = linkedOf(['new york', 'ferrari']);
    expect(() => open([{ ...surfaces[0]!, input: -1, isNamed: false }]).verify(1)).toThrow(
      /'linker.types'/,
    );
    expect(() => open(surfaces).verify(1)).toThrow(/'linker.targets'/);
    expect(() => open([surfaces[0]!, { ...surfaces[0]!, input: 1 }]).verify(2)).toThrow(
      /'linker.nodes'/,
    );
  });

  it('is the same bytes for the same surfaces', () => {
    const surfaces = linkedOf(['new york', 'ferrari', 'apple', 'bank of america']);
    expect(Buffer.compare(bytesOf(surfaces), bytesOf(surfaces))).toBe(0);
  });
});
