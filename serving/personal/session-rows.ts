import {
  FROM_PREFIX,
  FROM_SESSION,
  LEAST_LOG,
  NONE,
} from '../../ranking/features/candidate-table.ts';
import type { AskerRows } from './asker-rows.ts';
import type { CandidateBlock } from './candidate-block.ts';
import type { CompletionRows } from './completion-rows.ts';
import type { SessionMemo } from './session-memory.ts';

/** Completions that a session leads to, added to a request. */
const MOST_LEADS = 32;

/** Adds what the session's queries lead to and begins with what is typed. */
export function addLeads(
  { test }: CandidateBlock,
  session: SessionMemo,
  rows: AskerRows,
  completions: CompletionRows,
): void {
  if (test === null) return;
  let added = 0;
  for (const { ids, firstTerms, popularity } of session.leads) {
    for (let i = 0; i < ids.length && added < MOST_LEADS; i++) {
      const id = ids[i]!;
      if (!test.mayHold(firstTerms[i]!) || !test.holds(id)) continue;
      const known = rows.rowOf(id);
      if (known !== NONE) {
        rows.table.sources[known]! |= FROM_SESSION;
        continue;
      }
      const row = completions.add(id, FROM_SESSION | FROM_PREFIX);
      added++;
      if (completions.isPopularityKnown(row)) continue;
      if (Number.isNaN(popularity[i]!)) popularity[i] = completions.popularityOf(id);
      rows.table.popularity[row] = popularity[i]!;
    }
  }
}

/** Notes how likely each candidate is after the session's queries. */
export function noteSession({ leads, weights }: SessionMemo, rows: AskerRows): void {
  const { followUp } = rows.table;
  for (let query = 0; query < leads.length; query++) {
    const { ids, chances } = leads[query]!;
    const weight = weights[query]!;
    for (let i = 0; i < ids.length; i++) {
      const row = rows.find(ids[i]!);
      if (row === NONE) continue;
      const before = followUp[row]! === LEAST_LOG ? 0 : followUp[row]!;
      followUp[row] = before + weight * chances[i]!;
    }
  }
  for (let row = 0; row < rows.table.size; row++) {
    const chance = followUp[row]!;
    if (chance === LEAST_LOG) continue;
    followUp[row] = chance > 0 ? Math.max(LEAST_LOG, Math.log2(chance)) : LEAST_LOG;
  }
}
