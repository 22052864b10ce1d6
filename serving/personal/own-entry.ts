import { stableHash } from '../../dictionaries/stable-hash.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { extendSequence, SEQUENCE_START } from '../../ranking/features/bound-profile.ts';
import { MOST_TERMS_READ } from '../../ranking/features/candidate-table.ts';
import { wordRuns } from '../../ranking/profiles/text-facts.ts';
import { type OwnForm, ownFormOf, termsOf } from './own-form.ts';
import { startsOf } from './own-starts.ts';

/** What of a query does not change while one snapshot is read: worked out once, so that a profile is read again by its numbers alone. */
export interface OwnEntry {
  readonly form: OwnForm;
  /** Hash of each beginning of its terms that ends with a term, the shortest first: as long as the longest that is asked for of a candidate. */
  readonly hashes: Int32Array;
  /** Whether the last of them is that of all terms. */
  readonly isWhole: boolean;
  /** The ids that its runs of words would have as entities. */
  readonly runs: Int32Array;
  /** What tells whether it holds a typed text: see `startsOf`. */
  readonly starts: Int32Array;
}

/** How a snapshot reads a query of a history. Some microseconds. */
export function ownEntryOf(segment: Segment, normalised: string): OwnEntry {
  const form = ownFormOf(segment, normalised);
  const { terms } = form;
  const hashes = new Int32Array(Math.min(terms.length, MOST_TERMS_READ));
  let hash = SEQUENCE_START;
  for (let i = 0; i < hashes.length; i++) {
    hash = extendSequence(hash, terms[i]!);
    hashes[i] = hash;
  }
  const runs = Int32Array.from(wordRuns(normalised), stableHash);
  const starts = startsOf(form.id, form.padded);
  return { form, hashes, isWhole: hashes.length === terms.length, runs, starts };
}

/** An entity as its terms are numbered in a snapshot. */
export interface OwnEntity {
  readonly terms: number;
  readonly firstTerm: number;
  /** Hash of its terms. */
  readonly sequence: number;
}

/** How a snapshot reads the entity that one of a query's runs of words is. */
export function ownEntityOf(segment: Segment, normalised: string, run: number): OwnEntity {
  const terms = termsOf(segment, wordRuns(normalised)[run] ?? '');
  const sequence = terms.reduce((from, term) => extendSequence(from, term), SEQUENCE_START);
  return { terms: terms.length, firstTerm: terms[0] ?? -1, sequence };
}
