/** A span of a comment that leads to a search, as `POST /v1/entities` answers it. */
export interface LinkedSpan {
  readonly start: number;
  readonly end: number;
  readonly query: string;
  readonly type?: string;
}

export interface CommentText {
  readonly id: string;
  readonly text: string;
}

interface EntitiesAnswer {
  readonly requestId: string;
  readonly results: readonly { readonly id: string; readonly entities: readonly LinkedSpan[] }[];
}

/** Texts of one request, as many as the API takes. */
const MOST_TEXTS = 200;

/** The links of each comment, by its id; none where the server has no such answer. */
export async function fetchLinks(
  texts: readonly CommentText[],
  { video, market }: { readonly video: string; readonly market: string },
): Promise<{
  readonly requestId: string;
  readonly links: ReadonlyMap<string, readonly LinkedSpan[]>;
}> {
  try {
    const response = await fetch('/v1/entities', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        texts: texts.slice(0, MOST_TEXTS),
        video,
        ...(market === '' ? {} : { market }),
      }),
    });
    if (!response.ok) throw new Error(`expected links, got status ${response.status}`);
    const { requestId, results } = (await response.json()) as EntitiesAnswer;
    return { requestId, links: new Map(results.map(({ id, entities }) => [id, entities])) };
  } catch {
    return { requestId: '', links: new Map() };
  }
}

/** A comment whose linked spans are buttons; its text reaches the page as text alone, never as markup. */
export function showComment(
  text: string,
  spans: readonly LinkedSpan[],
  onChoose: (query: string) => void,
): HTMLElement {
  const comment = document.createElement('p');
  comment.className = 'comment';
  comment.dir = 'auto';
  let end = 0;
  for (const span of spans) {
    comment.append(text.slice(end, span.start));
    const link = document.createElement('button');
    link.type = 'button';
    link.className = 'link';
    link.textContent = text.slice(span.start, span.end);
    link.title = `Search for ${span.query}`;
    link.addEventListener('click', () => onChoose(span.query));
    comment.append(link);
    end = span.end;
  }
  comment.append(text.slice(end));
  return comment;
}
