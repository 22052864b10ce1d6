import type { BuildInputs } from './build-inputs.ts';
import type { Workspace } from './clean/workspace.ts';
import { type CountingLosses, countQueries } from './counting/query-counter.ts';
import type { Listed } from './event-lists.ts';
import type { BuildIo, IndexOptions } from './index-options.ts';
import { type MinedPhrases, minePhrases } from './phrases/video-build.ts';
import { type MinedRelated, mineRelated } from './related/related-build.ts';
import { TrendBuild } from './trends/trend-build.ts';
import { type BuiltVariants, buildVariants } from './variants/variants-build.ts';

/** What was counted, merged and mined of the inputs, before any completion is numbered. */
export interface BuildEvidence {
  readonly losses: CountingLosses;
  /** Null unless variants are asked for. */
  readonly variants: BuiltVariants | null;
  readonly related: MinedRelated;
  readonly trends: TrendBuild;
  readonly phrases: MinedPhrases;
}

/** Counts the searches, merges their variants, and mines of both what a segment keeps beside completions. Each step leaves tables that the next ones read. */
export async function mineEvidence(
  workspace: Workspace,
  { searches, videos, entities, asOfUs }: BuildInputs,
  options: Listed<IndexOptions>,
  { onStep }: BuildIo,
): Promise<BuildEvidence> {
  const { rules } = options;
  const { loaded, largestCount, markets } = searches;
  const losses = await countQueries(workspace, rules, { asOfUs, loaded, largestCount }, onStep);
  const variants = await buildVariants(workspace, rules.group, markets, onStep);
  const related = await mineRelated(workspace, onStep);
  const trends = await TrendBuild.read(workspace, markets, {
    minUsers: rules.minUsers,
    keepsRises: rules.group !== 'none',
    hasTimes: asOfUs !== undefined,
  });
  const phrases = await minePhrases(workspace, options, videos, asOfUs, onStep);
  await entities.choose();
  return { losses, variants, related, trends, phrases };
}
