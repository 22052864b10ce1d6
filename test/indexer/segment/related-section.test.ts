import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  RELATED_KINDS,
  type RelatedInput,
  relatedCode,
} from '../../../indexer/segment/related-section.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { EVERY_MARKET, type ThemeInput } from '../../../indexer/segment/theme-section.ts';
import { unitHashes } from '../../../indexer/segment/unit-table.ts';

const TEXTS = Array.from({ length: 12 }, (_, at) => `query number${at}`);

function build(pairs: RelatedInput, themes: ThemeInput | null = null): Segment {
  const builder = new SegmentBuilder();
  // Scores fall against the order of adding, so that ids differ from inputs.
  TEXTS.forEach((text, at) => {
    builder.add({ normalised: text, surface: text, score: at + 1 });
  });
  builder.setRelated({ pairs, themes });
  const bytes = builder.finish();
  return Segment.open(bytes);
}

const idOf = (input: number) => TEXTS.length - 1 - input;

interface Edge {
  readonly source: number;
  readonly target: number;
  readonly kind: number;
  readonly bits: number;
}

function edgesOf(edges: readonly Edge[]) {
  return {
    sources: Uint32Array.from(edges, ({ source }) => source),
    targets: Uint32Array.from(edges, ({ target }) => target),
    codes: Uint16Array.from(edges, ({ kind, bits }) => relatedCode(kind, bits)),
  };
}

const edge = fc.record({
  source: fc.nat(TEXTS.length - 1),
  target: fc.nat(TEXTS.length - 1),
  kind: fc.nat(RELATED_KINDS.length - 1),
  bits: fc.integer({ min: 0, max: 31 * 256 }).map((steps) => steps / 256),
});
const edgeLists = fc
  .uniqueArray(edge, { selector: ({ source, target, kind }) => `${source} ${target} ${kind}` })
  .map((edges) => edges.filter(({ source, target }) => source !== target));

describe('pairs of queries in a segment', () => {
  it('come back by source and kind, likeliest first, whatever their order', () => {
    fc.assert(
      fc.property(edgeLists, edgeLists, (edges, unitEdges) => {
        const units = TEXTS.map((_, at) => unitHashes(`unit${at}`));
        const fromUnits = unitEdges.filter(({ kind }) => kind === 0);
        const segment = build({ queries: edgesOf(edges), fromUnits: edgesOf(fromUnits), units });
        segment.verify();
        const { related } = segment;
        if (edges.length + fromUnits.length === 0) {
          expect(related).toBeNull();
          return;
        }
        for (let source = 0; source < TEXTS.length; source++) {
          for (let kind = 0; kind < RELATED_KINDS.length; kind++) {
            const { low, high } = related!.queries.range(idOf(source), kind);
            const found = Array.from({ length: high - low }, (_, i) => ({
              id: related!.queries.targets[low + i],
              bits: related!.queries.bitsAt(low + i),
            }));
            const expected = edges
              .filter((each) => each.source === source && each.kind === kind)
              .map(({ target, bits }) => ({ id: idOf(target), bits }))
              .sort((a, b) => a.bits - b.bits || a.id - b.id);
            expect(found).toEqual(expected);
          }
          const { low, high } = related!.units.range(related!.unitOf(`unit${source}`), 0);
          expect(high - low).toBe(fromUnits.filter((each) => each.source === source).length);
        }
        expect(related!.unitOf('unknown')).toBe(-1);
      }),
      { numRuns: 60 },
    );
  });

  it('give the same bytes in any order', () => {
    const edges: Edge[] = [
      { source: 1, target: 2, kind: 0, bits: 1 },
      { source: 1, target: 3, kind: 0, bits: 1 },
      { source: 4, target: 3, kind: 2, bits: 3 },
    ];
    const sizes = (list: readonly Edge[]) => {
      const { related } = build({ queries: edgesOf(list), fromUnits: edgesOf([]), units: [] });
      return related!.queries.targets.join(' ');
    };
    expect(sizes([...edges].reverse())).toBe(sizes(edges));
  });

  it('that lead to themselves or out of range are found by verify', () => {
    const self = [{ source: 1, target: 1, kind: 0, bits: 1 }];
    const segment = build({ queries: edgesOf(self), fromUnits: edgesOf([]), units: [] });
    expect(() => segment.verify()).toThrow(/related\.targets/);
  });

  it('of a kind that is not known are found by verify', () => {
    const odd = [{ source: 1, target: 2, kind: 7, bits: 1 }];
    const segment = build({ queries: edgesOf(odd), fromUnits: edgesOf([]), units: [] });
    expect(() => segment.verify()).toThrow(/related\.codes/);
  });
});

describe('themes in a segment', () => {
  const none = { queries: edgesOf([]), fromUnits: edgesOf([]), units: [] };
  const themes: ThemeInput = {
    priors: Float32Array.of(0.75, 0.25),
    units: [unitHashes('goal'), unitHashes('oven')],
    offsets: Uint32Array.of(0, 1, 2),
    themes: Uint16Array.of(1, 0),
    ratios: Float32Array.of(2, 0.25),
    rests: Float32Array.of(-3, -3),
    members: new Map([
      [
        EVERY_MARKET,
        [
          [{ input: 0, bits: 1 }],
          [
            { input: 5, bits: 2 },
            { input: 4, bits: 1.5 },
          ],
        ],
      ],
    ]),
  };

  it('are told by units, and list their completions likeliest first', () => {
    const segment = build(none, themes);
    segment.verify();
    const table = segment.themes!;
    const [first = 0, second = 0] = table.model.posterior([table.unitOf('goal')]) ?? [];
    expect(first + second).toBeCloseTo(1);
    // Prior odds 1 to 3, the unit's evidence 5 bits damped by 0.8: 2^4 / 3 to 1.
    expect(second / first).toBeCloseTo(2 ** 4 / 3, 4);
    expect(table.model.posterior([-1])).toBeNull();
    const { low, high } = table.listOf(EVERY_MARKET, 1);
    expect([high - low, table.memberAt(low), table.bitsAt(low)]).toEqual([2, idOf(4), 1.5]);
    expect(table.listOf('xx', 1)).toEqual({ low: 0, high: 0 });
  });

  it('are not kept when no completion belongs to one', () => {
    expect(build(none, { ...themes, members: new Map() }).themes).toBeNull();
  });

  it('with a cell out of range are found by verify', () => {
    const segment = build(none, { ...themes, themes: Uint16Array.of(1, 2) });
    expect(() => segment.verify()).toThrow(/themes\.unitthemes/);
  });
});
