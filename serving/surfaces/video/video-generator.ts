import { brandCompletion } from '../../../indexer/segment/completion-id.ts';
import {
  type CandidateGenerator,
  compareProposals,
  type Proposal,
  type SurfaceRequest,
  type WorkBudget,
} from '../generator.ts';
import type { VideoQueries } from './video-queries.ts';

/**
 * What is searched with, or after, the video on screen, as a candidate generator: for the bar under a video, and for any surface that
 * knows the video on screen.
 */
export class VideoGenerator implements CandidateGenerator {
  readonly name = 'video';
  readonly source = 'video';
  readonly #queries: VideoQueries;

  constructor(queries: VideoQueries) {
    this.#queries = queries;
  }

  generate(request: SurfaceRequest, limit: number, budget: WorkBudget): readonly Proposal[] {
    const { video, choice } = request;
    if (video === null || budget.left <= 0) return [];
    const listed = this.#queries.propose(video, choice);
    const looked = listed.slice(0, Math.max(0, budget.left));
    budget.left -= looked.length;
    return looked
      .map(({ id, bits, isSearched }) => ({
        id: brandCompletion(id),
        bits,
        evidence: isSearched ? 'searched' : 'text',
      }))
      .sort(compareProposals)
      .slice(0, limit);
  }
}
