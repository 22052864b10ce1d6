import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { SlipCorrections } from '../../../serving/personal/slip-corrections.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { manifestFor } from '../retrieval/manifest-fixture.ts';

const TEXTS = ['garden furniture', 'winter recipes', 'garden tools', 'travel insurance'];

function openTexts(): { slips: SlipCorrections; engine: Engine } {
  const builder = new SegmentBuilder();
  TEXTS.forEach((text, place) => {
    builder.add({ surface: text, normalised: text, score: 100 - place });
  });
  const segment = Segment.open(builder.finish());
  return {
    slips: new SlipCorrections(segment),
    engine: new Engine(segment, { ...manifestFor(segment), group: 'surface', safety: true }),
  };
}

const { slips, engine } = openTexts();
const choice = engine.find('g', { limit: 1, market: engine.resolveMarket(null) }).choice;
const textsFor = (slip: string) => slips.correct(slip, choice).map(({ normalised }) => normalised);

describe('SlipCorrections', () => {
  it('puts an unknown word right among known ones, whether the index has the text or not', () => {
    expect(textsFor('garden furnitrue')[0]).toBe('garden furniture');
    expect(textsFor('winter gardem tools')[0]).toBe('winter garden tools');
  });

  it('parts two words, and moves a space that is a letter off', () => {
    expect(textsFor('wintergarden tools')).toContain('winter garden tools');
    expect(textsFor('winte rgarden')).toContain('winter garden');
  });

  it('leaves alone what is known, what no single slip explains, and what is mostly unknown', () => {
    expect(textsFor('garden tools')).toEqual([]);
    expect(textsFor('winter insurance')).toEqual([]);
    expect(textsFor('garden qqqqqqqq')).toEqual([]);
    expect(textsFor('gardem furnitrue tooks')).toEqual([]);
  });

  it('finds a swap of two letters of any long word, keeps all other words, and gives known words only', () => {
    const words = TEXTS.flatMap((text) => text.split(' ')).filter((word) => word.length > 5);
    fc.assert(
      fc.property(
        fc.constantFrom(...words),
        fc.nat(),
        fc.constantFrom('tools', 'winter', 'travel'),
        (word, place, other) => {
          const at = 1 + (place % (word.length - 2));
          const slip = word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
          fc.pre(slip !== word);
          const found = textsFor(`${other} ${slip}`);
          expect(found).toContain(`${other} ${word}`);
          expect(found.length).toBeLessThanOrEqual(3);
          for (const text of found) {
            expect(text.startsWith(`${other} `)).toBe(true);
            for (const each of text.split(' ')) expect(TEXTS.join(' ').split(' ')).toContain(each);
          }
        },
      ),
    );
  });
});
