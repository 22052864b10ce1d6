import { brandCompletion } from '../../../indexer/segment/completion-id.ts';
import { compareProposals, type Proposal } from '../generator.ts';

/** Adds up what one generator finds for each completion, and by which of its kinds of evidence most. */
export class Gathering {
  private readonly found = new Map<number, { chance: number; most: number; evidence: string }>();

  /** A completion is likely with this chance, beside what was said of it before. */
  add(id: number, chance: number, evidence: string): void {
    const known = this.found.get(id);
    if (known === undefined) {
      this.found.set(id, { chance, most: chance, evidence });
      return;
    }
    known.chance += chance;
    if (chance > known.most) {
      known.most = chance;
      known.evidence = evidence;
    }
  }

  /** The likeliest, at most `limit`. */
  proposals(limit: number): readonly Proposal[] {
    const all: Proposal[] = [];
    for (const [id, { chance, evidence }] of this.found) {
      if (!(chance > 0)) continue;
      all.push({ id: brandCompletion(id), bits: Math.max(0, -Math.log2(chance)), evidence });
    }
    return all.sort(compareProposals).slice(0, limit);
  }
}
