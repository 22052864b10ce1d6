import { normalise } from '../../../dictionaries/normalise.ts';
import { loadJapaneseReader } from '../../../indexer/counting/japanese-readings.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { manifestFor } from '../retrieval/manifest-fixture.ts';
import { SEARCHES } from './vocabulary.ts';

/** An engine over the searches of all languages, each in its market, with every input method. */
export async function openLanguagesEngine(): Promise<Engine> {
  const builder = new SegmentBuilder();
  const merged = new Map<string, CountedCompletion>();
  for (const [market, searches] of Object.entries(SEARCHES)) {
    searches.forEach((surface, index) => {
      const normalised = normalise(surface);
      const score = 1000 / (index + 1);
      const before = merged.get(normalised);
      merged.set(normalised, {
        normalised,
        surface,
        score: score + (before?.score ?? 0),
        markets: [...(before?.markets ?? []), { market, score }],
      });
    });
  }
  for (const completion of merged.values()) builder.add(completion);
  const segment = Segment.open(
    builder.finish({ japanese: await loadJapaneseReader(), market: null }),
  );
  return new Engine(segment, { ...manifestFor(segment), group: 'variants' });
}
