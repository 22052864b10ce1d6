import { FROM_PREFIX, FROM_SESSION, NONE } from '../../ranking/features/candidate-table.ts';
import type { AskerRows } from './asker-rows.ts';
import type { CandidateBlock } from './candidate-block.ts';
import type { CompletionRows } from './completion-rows.ts';
import type { SessionMemo } from './session-memory.ts';

/** Completions that a session leads to, added to a request. */
const MOST_LEADS = 32;

/** Adds what the session's queries lead to and begins with what is typed. */
export function addLeads(
  { test }: CandidateBlock,
  { leads }: SessionMemo,
  rows: AskerRows,
  completions: CompletionRows,
): void {
  if (test === null) return;
  const { lowTerm, highTerm, isFirstAll } = test;
  let added = 0;
  for (let at = 0; at < leads.length && added < MOST_LEADS; at += 2) {
    const firstTerm = leads[at + 1]!;
    // What begins with another term is told apart without a look at it.
    if (firstTerm < lowTerm || firstTerm >= highTerm) continue;
    const id = leads[at]!;
    if (!isFirstAll && !test.holds(id)) continue;
    const known = rows.rowOf(id);
    if (known !== NONE) {
      rows.table.sources[known]! |= FROM_SESSION;
      continue;
    }
    completions.add(id, FROM_SESSION | FROM_PREFIX);
    added++;
  }
}

/** Notes how likely each candidate is after the session's queries. */
export function noteSession({ leads, followUps }: SessionMemo, rows: AskerRows): void {
  for (let at = 0; at < leads.length; at += 2) {
    const id = leads[at]!;
    if (!rows.mayHave(id)) continue;
    const row = rows.find(id);
    if (row !== NONE) rows.table.followUp[row] = followUps[at / 2]!;
  }
}
