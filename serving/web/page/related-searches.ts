import type { SuggestAnswer } from './suggest-answer.ts';
import type { Visitor } from './visitor.ts';

/** What related searches are asked for: a query that was searched, or a video on screen. */
export type RelatedTo = { readonly q: string } | { readonly video: string };

export interface RelatedQuestion {
  readonly to: RelatedTo;
  readonly limit: number;
  readonly market: string;
  readonly visitor: Visitor;
}

/** What to search next; empty where the server has no such answer. */
export async function fetchRelated(question: RelatedQuestion): Promise<SuggestAnswer | null> {
  const url = new URL('/v1/related', window.location.href);
  for (const [name, value] of Object.entries(question.to)) {
    url.searchParams.set(name, [...String(value)].slice(0, 128).join(''));
  }
  url.searchParams.set('limit', String(question.limit));
  if (question.market !== '') url.searchParams.set('market', question.market);
  url.searchParams.set('user', question.visitor.user);
  url.searchParams.set('session', question.visitor.session);
  try {
    const response = await fetch(url);
    return response.ok ? ((await response.json()) as SuggestAnswer) : null;
  } catch {
    return null;
  }
}

/** A list of searches as buttons, each handed to `onChoose` with the answer that it came from. */
export function listSearches(
  answer: SuggestAnswer,
  onChoose: (text: string, requestId: string) => void,
): HTMLElement {
  const list = document.createElement('ul');
  list.className = 'searches';
  for (const { text } of answer.suggestions) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.dir = 'auto';
    button.addEventListener('click', () => onChoose(text, answer.requestId));
    const item = document.createElement('li');
    item.append(button);
    list.append(item);
  }
  return list;
}
