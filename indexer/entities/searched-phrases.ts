import type { Workspace } from '../clean/workspace.ts';
import { judgeText } from '../counting/text-verdict.ts';
import { queryPhrases } from './query-phrases.ts';
import type { BookedSurface, SurfaceBook } from './surface-book.ts';

/** Makes surfaces of the parts of queries that enough users searched, and notes how many of them went on with a longer one. `min_users` and `most_phrases` must be set. */
export async function bookSearchedPhrases(
  workspace: Workspace,
  book: SurfaceBook,
  safety: boolean,
): Promise<void> {
  await loadQueryPhrases(workspace);
  await workspace.runStep('entities/05-searched-phrases');
  const found = new Map<string, BookedSurface>();
  const searched = 'SELECT phrase, users, whole FROM entity_searched ORDER BY users DESC, phrase';
  for await (const chunk of workspace.stream(searched)) {
    for (const [phrase, users, whole] of chunk.getRows()) {
      const text = String(phrase);
      if (judgeText(text, { group: 'none', safety }).verdict !== 'usable') continue;
      const surface = book.enter(text);
      if (surface === null) continue;
      surface.users = Number(users);
      surface.wholeUsers = Number(whole);
      found.set(text, surface);
    }
  }
  noteContinued(found);
}

/** Puts the phrases of all queries that somebody searched into `entity_query_phrases`. */
async function loadQueryPhrases(workspace: Workspace): Promise<void> {
  await workspace.runStep('entities/04-query-phrases');
  const appender = await workspace.appender('entity_query_phrases');
  // What nobody is known to have searched counts for nothing, such as what was still being typed: most forms.
  const searched = `SELECT form_id, normalised FROM forms
    SEMI JOIN (SELECT form_id FROM seekers UNION SELECT form_id FROM unnamed) named USING (form_id)
    WHERE NOT is_private`;
  for await (const chunk of workspace.stream(searched)) {
    for (const [formId, form] of chunk.getRows()) {
      const normalised = String(form);
      for (const phrase of queryPhrases(normalised)) {
        appender.appendVarchar(phrase);
        appender.appendUInteger(Number(formId));
        appender.appendBoolean(phrase === normalised);
        appender.endRow();
      }
    }
  }
  appender.closeSync();
}

/** A phrase that is mostly searched with a word more, before it or behind it, is a part of that one. */
function noteContinued(found: ReadonlyMap<string, BookedSurface>): void {
  for (const [text, surface] of found) {
    const parts = [
      text.slice(text.indexOf(' ') + 1),
      text.slice(0, Math.max(0, text.lastIndexOf(' '))),
    ];
    for (const part of parts) {
      const shorter = part === text ? undefined : found.get(part);
      if (shorter === undefined) continue;
      shorter.continued = Math.max(shorter.continued, surface.users / shorter.users);
    }
  }
}
