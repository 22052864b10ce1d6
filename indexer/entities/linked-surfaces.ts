import type { LinkedSurface } from '../segment/linker-section-builder.ts';
import type { English } from './english.ts';
import type { EntityMiner } from './entity-miner.ts';
import type { BookedSurface } from './surface-book.ts';
import { type SurfaceEvidence, surfaceLogits } from './surface-worth.ts';

/** A surface that no way of writing lifts above this is never worth a tap, whatever stands by it; telling words lift further. */
const LEAST_LOGIT = -2;
const LEAST_LOGIT_WITH_CONTEXT = -4;

/** What the mined text, the log and the dictionaries know of a surface. */
export function evidenceOf(
  surface: BookedSurface,
  miner: EntityMiner,
  english: English,
): SurfaceEvidence {
  const words = surface.text.split(' ');
  const uses = words.map((word) => english.commonUse(word));
  const common = uses.filter((use) => use !== undefined);
  const { gazetteer } = english;
  return {
    words: surface.words,
    length: surface.text.length,
    hasDigit: /\p{N}/u.test(surface.text),
    searchShare: miner.searches === 0 ? 0 : surface.searched / miner.searches,
    users: surface.users,
    wholeUsers: surface.wholeUsers,
    continued: surface.continued,
    occurrences: surface.occurrences,
    minedWords: miner.counts.total,
    people: surface.people,
    name: gazetteer.nameOf(surface.text),
    isOfNames: words.every((word) => gazetteer.isPartOfName(word)),
    commonShare: common.length / words.length,
    leastUse: common.length < words.length ? 0 : Math.min(7, ...common),
    wordClass: english.classOf(words.at(-1) ?? ''),
  };
}

export interface LinkingRules {
  /** Distinct people or videos that must name what nobody searched. */
  readonly minMentions: number;
  /** Sees the evidence of every surface that is kept; none is then left out for being worth little. */
  readonly onSurface?: (evidence: SurfaceEvidence) => void;
}

/** The surfaces that are worth a link somewhere, in the order in which they were found. */
export function linkSurfaces(
  surfaces: readonly BookedSurface[],
  miner: EntityMiner,
  english: English,
  { minMentions, onSurface }: LinkingRules,
): readonly LinkedSurface[] {
  const linked: LinkedSurface[] = [];
  surfaces.forEach((surface, number) => {
    const isNamed = surface.people >= minMentions || surface.users > 0;
    if (!isNamed && surface.searched === 0) return;
    const evidence = evidenceOf(surface, miner, english);
    const logits = surfaceLogits(evidence);
    const context = miner.contexts.contextOf(number);
    const least = context.length > 0 ? LEAST_LOGIT_WITH_CONTEXT : LEAST_LOGIT;
    if (onSurface === undefined && Math.max(...logits) < least) return;
    onSurface?.(evidence);
    linked.push({
      runs: surface.runs,
      hashtags: surface.hashtag === null ? [] : [surface.hashtag],
      input: surface.input,
      isNamed,
      type: english.gazetteer.nameOf(surface.text)?.type ?? 'topic',
      logits,
      context,
    });
  });
  return linked;
}
