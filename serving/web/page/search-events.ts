import type { Visitor } from './visitor.ts';

/** A search that was made on this page, and where it came from. */
export interface MadeSearch {
  readonly query: string;
  readonly origin: 'typed' | 'suggestion' | 'related' | 'video' | 'entity';
  /** The answer that the search was picked from. */
  readonly requestId?: string;
  /** The video on screen. */
  readonly video?: string;
  readonly market?: string;
}

let sent = 0;

/** How far the server's time is ahead of the wall clock, in milliseconds; 0 where it says nothing. */
function readClockLead(page: Document): number {
  const meta = page.querySelector<HTMLMetaElement>('meta[name="foretype-clock"]');
  return Number(meta?.content ?? 0);
}

/**
 * Tells the server of a search, so that the next answer knows of it. Resolves when the server has taken it in, to whether it has: a page
 * without a server that takes events works all the same.
 */
export function sendSearch(search: MadeSearch, visitor: Visitor): Promise<boolean> {
  const query = [...search.query].slice(0, 1024).join('');
  return sendEvent({ type: 'search', ...search, query }, visitor);
}

/** Has the server forget an entry of the visitor's own history, by its id; resolves as `sendSearch` does. */
export function sendRemoval(id: string, visitor: Visitor): Promise<boolean> {
  return sendEvent({ type: 'remove', id }, visitor);
}

async function sendEvent(fields: object, visitor: Visitor): Promise<boolean> {
  const event = {
    eventId: `${visitor.session}-${Date.now().toString(36)}-${sent++}`,
    at: Date.now() + readClockLead(document),
    user: visitor.user,
    session: visitor.session,
    ...fields,
  };
  try {
    const response = await fetch('/v1/events', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([event]),
    });
    return response.status === 202;
  } catch {
    return false;
  }
}
