import type { CompletionId } from '../../indexer/segment/completion-id.ts';
import {
  type Promotion,
  promotionBits,
  type ReadCandidate,
  worthOf,
} from './interpretation/candidate-list.ts';

/** A completion that holds what was typed, as typed. */
export interface DirectCandidate {
  readonly id: CompletionId;
  /** Decayed count in the view that it came from; orders candidates of two views. */
  readonly score: number;
  readonly logScore: number;
}

/** A completion in its slot, and how it got there. */
export type Placed =
  | {
      readonly kind: 'prefix' | 'infix';
      readonly candidate: DirectCandidate;
      readonly worth: number;
    }
  | { readonly kind: 'read'; readonly candidate: ReadCandidate; readonly worth: number };

/**
 * One list of at most `limit` slots: prefix matches, then any-order matches, then readings, each by worth. A reading stands before a direct match
 * only if it is worth more than that even after its promotion bits. What `exact` gives, the completion that is just what was typed, is never pushed out.
 * `worth` is what the shown score comes from; it falls within the prefix matches and those among them, and again within the rest.
 */
export function assembleAnswer(
  prefix: readonly DirectCandidate[],
  infix: readonly DirectCandidate[],
  read: readonly ReadCandidate[],
  options: { limit: number; promotion: Promotion; exact: () => CompletionId | null },
): Placed[] {
  const { limit, promotion, exact } = options;
  if (read.length === 0) return directOnly(prefix, infix, limit);
  const direct = new Set([...prefix, ...infix].map(({ id }) => id));
  const waiting = read
    .filter(({ id }) => !direct.has(id))
    .map((candidate) => ({
      candidate,
      promoted: worthOf(candidate) - promotionBits(candidate.ways, promotion),
    }))
    .sort((a, b) => b.promoted - a.promoted || worthOf(b.candidate) - worthOf(a.candidate));
  const placed: Placed[] = [];
  const promoteAbove = (worth: number): void => {
    while (waiting.length > 0 && waiting[0]!.promoted > worth) {
      const { candidate, promoted } = waiting.shift()!;
      placed.push({ kind: 'read', candidate, worth: promoted });
    }
  };
  for (const candidate of prefix) {
    promoteAbove(candidate.logScore);
    placed.push({ kind: 'prefix', candidate, worth: candidate.logScore });
  }
  for (const candidate of infix) {
    promoteAbove(candidate.logScore);
    placed.push({ kind: 'infix', candidate, worth: candidate.logScore });
  }
  waiting.sort((a, b) => worthOf(b.candidate) - worthOf(a.candidate));
  for (const { candidate } of waiting) {
    placed.push({ kind: 'read', candidate, worth: worthOf(candidate) });
  }
  const shown = placed.slice(0, limit);
  if (placed.length <= limit) return shown;
  const kept = exact();
  const lost = placed.slice(limit).find(({ candidate }) => candidate.id === kept);
  if (lost !== undefined) shown[limit - 1] = lost;
  return shown;
}

function directOnly(
  prefix: readonly DirectCandidate[],
  infix: readonly DirectCandidate[],
  limit: number,
): Placed[] {
  const placed: Placed[] = [];
  for (const candidate of prefix) {
    placed.push({ kind: 'prefix', candidate, worth: candidate.logScore });
  }
  for (const candidate of infix) {
    placed.push({ kind: 'infix', candidate, worth: candidate.logScore });
  }
  return placed.length > limit ? placed.slice(0, limit) : placed;
}
