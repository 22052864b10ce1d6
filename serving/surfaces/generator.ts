import type { CompletionId } from '../../indexer/segment/completion-id.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';

/** What a surface asks its candidate generators for. */
export interface SurfaceRequest {
  /** Only members of these views may be proposed. */
  readonly choice: MarketChoice;
  /** Suggestions that the surface shows. */
  readonly limit: number;
  /** The query that was just searched; null where there is none. */
  readonly query: AskedQuery | null;
  /** The video on screen; null where there is none. */
  readonly video: string | null;
  /** What this session did before; null where it is not known or must not be used. */
  readonly session: SessionContext | null;
  /** Epoch milliseconds by the server's clock. */
  readonly nowMs: number;
}

export interface AskedQuery {
  readonly normalised: string;
  /** The completion of just this form, or of which it is another spelling; null for a query that the index does not hold. */
  readonly completion: CompletionId | null;
  /** Completions that it may mean, likeliest first: `completion` itself at no cost, else its corrections and neighbours. */
  readonly readings: readonly QueryReading[];
}

/** A completion that a query may stand for; bits = -log2 of how likely it is meant. */
export interface QueryReading {
  readonly id: CompletionId;
  readonly bits: number;
}

/** What is known of a session beside the request: normalised queries and ids of videos, newest first. */
export interface SessionContext {
  readonly queries: readonly string[];
  readonly videos: readonly string[];
}

/** Answers what a session did; memory only, null for a session that is not known. */
export interface SessionStore {
  sessionOf(sessionId: string): SessionContext | null;
}

/** A completion proposed by one generator; bits = -log2 of how likely it is searched next, by this evidence alone. */
export interface Proposal {
  readonly id: CompletionId;
  /** Finite, not negative. */
  readonly bits: number;
  /** The kind of evidence, for `explain`: `followed`, `clicks`, … */
  readonly evidence: string;
}

/** Work that a generator may still do: it takes one off for each candidate that it looks at and stops at 0. */
export interface WorkBudget {
  left: number;
}

/**
 * One kind of evidence for what is searched next. The contract is in test/contracts/candidate-generators.ts: the same request gives the
 * same proposals, likeliest first (ties by id), no completion twice, members of the market only, never more than `limit`, an empty
 * list where there is no evidence or no budget.
 */
export interface CandidateGenerator {
  readonly name: string;
  /** `source` of the suggestions that it brings. */
  readonly source: string;
  /** At most `limit` proposals, likeliest first. Touches memory only. */
  generate(request: SurfaceRequest, limit: number, budget: WorkBudget): readonly Proposal[];
}

/** Likeliest first, ties by id: the order of a generator's proposals. */
export function compareProposals(a: Proposal, b: Proposal): number {
  return a.bits - b.bits || a.id - b.id;
}
