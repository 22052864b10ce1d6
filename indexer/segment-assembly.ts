import { encodeLexicon } from '../dictionaries/lexicon/lexicon-codec.ts';
import type { LexiconSet } from '../dictionaries/lexicon/lexicon-set.ts';
import type { BuildEvidence } from './build-evidence.ts';
import type { BuildInputs } from './build-inputs.ts';
import type { Workspace } from './clean/workspace.ts';
import { type CompletionTotals, streamCompletions } from './counting/completion-stream.ts';
import { loadJapaneseReader } from './counting/japanese-readings.ts';
import type { MinedEntities } from './entities/entity-build.ts';
import type { Listed } from './event-lists.ts';
import type { BuildIo, IndexOptions } from './index-options.ts';
import { CompletionBlend, readSearchedTotals } from './phrases/completion-blend.ts';
import { SegmentBuilder } from './segment/segment-builder.ts';
import {
  addVideoEvidence,
  type VideoEvidenceReport,
} from './video-evidence/video-evidence-build.ts';

/** A segment's bytes, and what stands in it. */
export interface AssembledSegment {
  readonly segment: Uint8Array;
  readonly totals: CompletionTotals;
  readonly blend: CompletionBlend;
  readonly mined: MinedEntities;
  /** Null when neither a video was given nor a search with one. */
  readonly videoEvidence: VideoEvidenceReport | null;
}

/** Numbers the completions, tells them to what was mined, and writes all of it as one segment. */
export async function assembleSegment(
  workspace: Workspace,
  inputs: BuildInputs,
  evidence: BuildEvidence,
  { options, lexicon }: { readonly options: Listed<IndexOptions>; readonly lexicon: LexiconSet },
  io: BuildIo,
): Promise<AssembledSegment> {
  const { entities, searches } = inputs;
  const { related, trends, phrases } = evidence;
  io.onStep('building the segment');
  const builder = new SegmentBuilder();
  if (!lexicon.isEmpty) builder.setLexicon(encodeLexicon(lexicon));
  const searched = await readSearchedTotals(workspace, searches.markets);
  // What was mined is told of each completion in the order in which the builder gets them: it names them by their place in it.
  const blend = new CompletionBlend(
    phrases.entities,
    searched,
    options.rules.group,
    (completion) => {
      entities.addCompletion(completion);
      related.addCompletion(completion);
      trends.addCompletion(completion);
      builder.add(completion);
    },
  );
  await streamCompletions(workspace, searches.markets, (completion) =>
    blend.addSearched(completion),
  );
  const totals = blend.finish();
  const mined = await entities.finish();
  builder.setLinker(mined);
  builder.setRelated(related.finish());
  builder.setTrends(trends.finish());
  const finished = await finishSegment(builder, totals, options);
  const { segment, report } = await addVideoEvidence(finished, workspace, options, io);
  return { segment, totals, blend, mined, videoEvidence: report };
}

/** Finishes the segment; the reader of Japanese, which takes a second to load, only for an index that has Japanese text. */
async function finishSegment(
  builder: SegmentBuilder,
  { markets }: CompletionTotals,
  options: Listed<IndexOptions>,
): Promise<Uint8Array> {
  const only = markets.length === 1 ? markets[0]?.market : undefined;
  const market = (only === 'und' ? undefined : only) ?? options.market ?? null;
  const japanese = builder.hasJapanese(market) ? await loadJapaneseReader() : null;
  return builder.finish({ japanese, market });
}
