import { indexTexts } from '../../typing/measured-engine.ts';
import { languageSamples } from '../../typing/texts/language-samples.ts';
import { simulateLog } from '../../typing/texts/simulated-log.ts';
import type { MissingSet, TextSet } from '../../typing/texts/text-set.ts';
import { isTypeable } from '../../typing/trials.ts';
import { loadTexts, type TextSource } from '../texts/text-source.ts';

export interface IndexGrowthTask {
  readonly named: { readonly texts: TextSource; readonly description: string };
  readonly users: number;
  readonly seed: number;
}

/** How large the index of a sample is. */
export interface SampleGrowth {
  readonly name: string;
  readonly description: string;
  readonly isLatin: boolean;
  readonly completions: number;
  readonly distinctTerms: number;
  /** Bytes of the sections that the first format had. */
  readonly firstBytes: number;
  /** Bytes of what came since, by part. */
  readonly added: readonly { readonly part: string; readonly bytes: number }[];
}

export interface IndexGrowthResult {
  readonly samples: readonly SampleGrowth[];
  readonly missing: readonly MissingSet[];
}

/** The sections of format version 1 (FORMAT.md), by what stands before the first point. */
const FIRST_FORMAT =
  /^(segment|terms|forward|order|aliases|signatures|scores|surfaces|all|markets|m\d+)(\.|$)/;

/** Builds an index of each sample and adds up its sections. */
export function measureIndexGrowth({ named, users, seed }: IndexGrowthTask): IndexGrowthResult {
  const simulated = simulateLog({ users, seed });
  const english = simulated.texts.filter(({ normalised }) => isTypeable(normalised));
  const { present, missing } = languageSamples();
  const latin: (TextSet & { market?: string })[] = [
    { name: 'names of packages', description: named.description, texts: loadTexts(named.texts) },
    { ...simulated, name: 'simulated, ASCII', texts: english },
  ];
  return {
    samples: [
      ...latin.map((set) => measureSample(set, true)),
      ...present.map((set) => measureSample(set, set.isLatin)),
    ],
    missing,
  };
}

function measureSample(
  { name, description, texts, market }: TextSet & { readonly market?: string },
  isLatin: boolean,
): SampleGrowth {
  const marked = market === undefined ? texts : texts.map((text) => ({ ...text, market }));
  const added = new Map<string, number>();
  let firstBytes = 0;
  const { segment } = indexTexts(marked);
  for (const { section, bytes } of segment.sizes()) {
    if (FIRST_FORMAT.test(section)) {
      firstBytes += bytes;
    } else {
      const part = section.split('.')[0] ?? section;
      added.set(part, (added.get(part) ?? 0) + bytes);
    }
  }
  return {
    name,
    description,
    isLatin,
    completions: texts.length,
    distinctTerms: segment.terms.size,
    firstBytes,
    added: Array.from(added, ([part, bytes]) => ({ part, bytes })),
  };
}
