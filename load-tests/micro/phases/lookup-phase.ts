import { normalise } from '../../../dictionaries/normalise.ts';
import { topAnyOrder, topByPrefix } from '../../../serving/retrieval/lookup.ts';
import { buildOwnSegment } from '../engines/own-engine.ts';
import { buildPlainReference } from '../plain-reference.ts';
import { loadTexts, type TextSource } from '../texts/text-source.ts';
import { type ContenderTiming, type TimingOptions, timeInterleaved } from '../timing.ts';
import { prefixGroups, severalTermGroups } from '../workload.ts';

export interface LookupTask extends TimingOptions {
  readonly texts: TextSource;
  readonly seed: number;
  readonly queriesAGroup: number;
}

export interface LookupResult {
  /** Queries on which ours and the reference gave the same list, of those compared. */
  readonly agreed: number;
  readonly compared: number;
  readonly byScore: LookupTimings;
  readonly uniform: LookupTimings;
  readonly sizes: readonly { readonly section: string; readonly bytes: number }[];
  readonly completions: number;
  /** UTF-8 bytes of the normalised forms, and of the shown texts. */
  readonly rawBytes: number;
  readonly shownBytes: number;
  readonly smallCompletions: number;
}

export interface LookupTimings {
  readonly reference: ContenderTiming;
  readonly prefix: ContenderTiming;
  readonly anyOrder: ContenderTiming;
  /** Ours over the best tenth of the set, on queries of that tenth: how time grows. */
  readonly smallPrefix: ContenderTiming;
  readonly smallAnyOrder: ContenderTiming;
}

/** Ours beside the plain reference, in one process: prefix and any order, and ours over a tenth of the set. */
export function measureLookups(task: LookupTask): LookupResult {
  const texts = loadTexts(task.texts);
  const smallTexts = texts.slice(0, Math.ceil(texts.length / 10));
  const reference = buildPlainReference(texts.map((text) => text.normalised));
  const segment = buildOwnSegment(texts);
  const small = buildOwnSegment(smallTexts);

  const timeDraw = (draw: 'by score' | 'uniform'): LookupTimings => {
    const options = { seed: task.seed, queriesAGroup: task.queriesAGroup, draw };
    const groups = prefixGroups(texts, options);
    const smallGroups = prefixGroups(smallTexts, options);
    const anyOrderGroups = [...groups, ...severalTermGroups(texts, options)];
    const [timedReference, prefix, anyOrder, smallPrefix, smallAnyOrder] = timeInterleaved(
      [
        { name: 'plain reference', answer: (typed) => reference(typed, 10), groups },
        { name: 'ours, by prefix', answer: (typed) => topByPrefix(segment, typed, 10), groups },
        {
          name: 'ours, any order',
          answer: (typed) => topAnyOrder(segment, typed, 10),
          groups: anyOrderGroups,
        },
        {
          name: 'ours, by prefix, a tenth',
          answer: (typed) => topByPrefix(small, typed, 10),
          groups: smallGroups,
        },
        {
          name: 'ours, any order, a tenth',
          answer: (typed) => topAnyOrder(small, typed, 10),
          groups: smallGroups,
        },
      ],
      task,
    ) as [ContenderTiming, ContenderTiming, ContenderTiming, ContenderTiming, ContenderTiming];
    return { reference: timedReference, prefix, anyOrder, smallPrefix, smallAnyOrder };
  };

  const checked = [
    ...prefixGroups(texts, { seed: task.seed, queriesAGroup: 1000, draw: 'by score' }),
    ...prefixGroups(texts, { seed: task.seed, queriesAGroup: 1000, draw: 'uniform' }),
  ].flatMap((group) => group.queries);
  const agreed = checked.filter((typed) => {
    const own = topByPrefix(segment, typed, 10).map(normalise);
    return own.join('\n') === reference(typed, 10).join('\n');
  });
  return {
    agreed: agreed.length,
    compared: checked.length,
    byScore: timeDraw('by score'),
    uniform: timeDraw('uniform'),
    sizes: segment.sizes(),
    completions: texts.length,
    rawBytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text.normalised), 0),
    shownBytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text.surface), 0),
    smallCompletions: smallTexts.length,
  };
}
