import { DuckDBListValue } from '@duckdb/node-api';
import type { Workspace } from '../clean/workspace.ts';

/** Another spacing of a kept query, which enough users typed. */
export interface Spelling {
  readonly spelling: string;
  readonly of: string;
}

/** The other spacings that lead to the kept groups, by their queries. */
export async function readSpellings(workspace: Workspace): Promise<readonly Spelling[]> {
  const spellings: Spelling[] = [];
  for await (const chunk of workspace.stream(SPELLINGS)) {
    const [queries, lists] = [chunk.getColumnValues(0), chunk.getColumnValues(1)];
    for (let row = 0; row < chunk.rowCount; row++) {
      const list = lists[row];
      if (!(list instanceof DuckDBListValue)) continue;
      for (const spelling of list.items) {
        spellings.push({ spelling: String(spelling), of: String(queries[row]) });
      }
    }
  }
  return spellings;
}

const SPELLINGS = `
  SELECT normalised, aliases
  FROM aliases
  JOIN representatives USING (group_id)
  ORDER BY normalised`;
