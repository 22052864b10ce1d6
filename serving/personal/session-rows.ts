import {
  FROM_PREFIX,
  FROM_SESSION,
  LEAST_LOG,
  NONE,
} from '../../ranking/features/candidate-table.ts';
import type { AskerRows } from './asker-rows.ts';
import type { CandidateBlock } from './candidate-block.ts';
import type { CompletionRows } from './completion-rows.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Completions that a session leads to, added to a request. */
const MOST_LEADS = 32;

/** Adds what the session's queries lead to and begins with what is typed. */
export function addLeads(
  face: SnapshotFace,
  { found, test }: CandidateBlock,
  queries: readonly string[],
  rows: AskerRows,
  completions: CompletionRows,
): void {
  if (test === null) return;
  let added = 0;
  face.leads.visit(queries, found.choice, ({ ids, firstTerms, popularity }) => {
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
  });
}

/** Notes how likely each candidate is after the session's queries. @returns how much likelier each theme is in the session than by itself; null where nothing is known of it */
export function noteSession(
  face: SnapshotFace,
  { found }: CandidateBlock,
  queries: readonly string[],
  rows: AskerRows,
): Float32Array | null {
  const { followUp } = rows.table;
  let themes: Float32Array | null = null;
  let total = 0;
  face.leads.visit(queries, found.choice, (leads, weight) => {
    for (let i = 0; i < leads.ids.length; i++) {
      const row = rows.find(leads.ids[i]!);
      if (row === NONE) continue;
      const before = followUp[row]! === LEAST_LOG ? 0 : followUp[row]!;
      followUp[row] = before + weight * leads.chances[i]!;
    }
    if (leads.themes === null) return;
    themes ??= new Float32Array(leads.themes.length);
    for (let theme = 0; theme < themes.length; theme++) {
      themes[theme]! += weight * leads.themes[theme]!;
    }
    total += weight;
  });
  for (let row = 0; row < rows.table.size; row++) {
    const chance = followUp[row]!;
    if (chance === LEAST_LOG) continue;
    followUp[row] = chance > 0 ? Math.max(LEAST_LOG, Math.log2(chance)) : LEAST_LOG;
  }
  return liftsOf(face, themes, total);
}

function liftsOf(
  face: SnapshotFace,
  themes: Float32Array | null,
  total: number,
): Float32Array | null {
  if (themes === null) return null;
  for (let theme = 0; theme < themes.length; theme++) themes[theme] = themes[theme]! / total;
  return face.binder.anchors.liftsOfPosterior(themes);
}
