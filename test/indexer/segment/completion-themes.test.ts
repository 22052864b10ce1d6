import { expect, it } from 'vitest';
import { queryUnits } from '../../../dictionaries/query-units.ts';
import { NO_THEME, THEMES_A_COMPLETION } from '../../../indexer/segment/completion-themes.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { EVERY_MARKET, type ThemeInput } from '../../../indexer/segment/theme-section.ts';
import { unitHashes } from '../../../indexer/segment/unit-table.ts';

const TEXTS = ['red wine', 'white wine', 'white paint', '白葡萄酒', 'nothing known'];
/** Two themes: what is drunk, and what is painted with; 白葡 is of the first. */
const UNITS = ['wine', 'paint', 'white', '白葡'];

function build(texts: readonly string[]): Segment {
  const builder = new SegmentBuilder();
  texts.forEach((text) => {
    builder.add({ surface: text, normalised: text, score: 10 - TEXTS.indexOf(text) });
  });
  const themes: ThemeInput = {
    priors: Float32Array.of(0.5, 0.5),
    units: UNITS.map(unitHashes),
    offsets: Uint32Array.of(0, 1, 2, 3, 4),
    themes: Uint16Array.of(0, 1, 1, 0),
    ratios: Float32Array.of(4, 4, 0.5, 4),
    rests: Float32Array.of(-4, -4, -0.5, -4),
    members: new Map([[EVERY_MARKET, [[{ input: 0, bits: 1 }], [{ input: 2, bits: 1 }]]]]),
  };
  const none = {
    sources: new Uint32Array(0),
    targets: new Uint32Array(0),
    codes: new Uint16Array(0),
  };
  builder.setRelated({ pairs: { queries: none, fromUnits: none, units: [] }, themes });
  return Segment.open(builder.finish());
}

it('keeps for each completion the themes that the model gives it at a request', () => {
  const segment = build(TEXTS);
  segment.verify();
  const { topics, themes } = segment;
  if (topics === null || themes === null) throw new Error('expected themes');
  expect([...topics.priors]).toEqual([0.5, 0.5]);
  TEXTS.forEach((text, id) => {
    const units = queryUnits(text).map((unit) => themes.unitOf(unit));
    const posterior = themes.model.posterior(units);
    const kept = [
      ...topics.best.subarray(THEMES_A_COMPLETION * id, THEMES_A_COMPLETION * (id + 1)),
    ];
    const expected = [...(posterior ?? [])]
      .map((share, theme) => ({ share, theme }))
      .filter(({ share }) => share >= 0.1)
      .sort((a, b) => b.share - a.share);
    expect(kept.filter((theme) => theme !== NO_THEME)).toEqual(expected.map(({ theme }) => theme));
    expected.forEach(({ share }, i) => {
      expect(topics.shareAt(THEMES_A_COMPLETION * id + i)).toBeCloseTo(share, 2);
    });
  });
  expect(topics.best[0]).toBe(0);
  expect(topics.best[THEMES_A_COMPLETION * 3]).toBe(0);
  expect(topics.best[THEMES_A_COMPLETION * 4]).toBe(NO_THEME);
});

it('knows no topics where there are no themes', () => {
  const builder = new SegmentBuilder();
  builder.add({ surface: 'a', normalised: 'a', score: 1 });
  expect(Segment.open(builder.finish()).topics).toBeNull();
});
