/** Who sits before this page: a made-up person who stays, and a session that ends with the tab. */
export interface Visitor {
  readonly user: string;
  readonly session: string;
}

/** The visitor of this tab; ids are kept by the browser where it keeps anything, and made anew where not. */
export function readVisitor(): Visitor {
  return {
    user: keptId(() => window.localStorage, 'foretype-user', 'visitor-'),
    session: keptId(() => window.sessionStorage, 'foretype-session', 'session-'),
  };
}

function keptId(storage: () => Storage, key: string, prefix: string): string {
  try {
    const kept = storage().getItem(key);
    if (kept !== null) return kept;
    const id = prefix + randomName();
    storage().setItem(key, id);
    return id;
  } catch {
    // Storage is forbidden: the id lasts as long as the page.
    return prefix + randomName();
  }
}

function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
