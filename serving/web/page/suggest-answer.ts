/** A suggestion as the API answers it. (Type aliases: autocomplete's items need an index signature, which interfaces lack.) */
export type AnsweredSuggestion = {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
  readonly source: string;
  readonly score: number;
  readonly matches: readonly { readonly start: number; readonly end: number }[];
  readonly explain?: SuggestionReasons;
};

/** Why a suggestion stands where it does. */
export interface SuggestionReasons {
  readonly generator: string;
  readonly features: Readonly<Record<string, number>>;
  readonly rules: readonly string[];
  /** Of a personal answer: all ways that it came in by, what each feature adds, and the sum. */
  readonly sources?: readonly string[];
  readonly contributions?: Readonly<Record<string, number>>;
  readonly rankScore?: number;
}

export interface SuggestAnswer {
  readonly requestId: string;
  readonly snapshot: string;
  readonly market: string;
  readonly personalised?: boolean;
  readonly suggestions: readonly AnsweredSuggestion[];
  /** Of a personal answer that was asked to be explained. */
  readonly explain?: AnswerReasons;
}

/** How a personal answer came about. */
export interface AnswerReasons {
  readonly ranker: string;
  readonly bias: number;
  readonly candidates: number;
  readonly stageMicroseconds: Readonly<Record<string, number>>;
}

/** A piece of a suggestion's text, and whether the typed text accounts for it. */
export interface TextPiece {
  readonly text: string;
  readonly matched: boolean;
}

export interface SuggestQuestion {
  readonly text: string;
  readonly limit: number;
  /** None when empty. */
  readonly market: string;
  readonly visitor?: { readonly user: string; readonly session: string } | undefined;
  /** False asks for the order of everybody. */
  readonly personalise?: boolean;
  /** The key to ask for explanations with, `null` not to ask. */
  readonly explainKey: string | null;
  /** Where `GET /v1/suggest` is; the page's own server when absent. */
  readonly endpoint?: string;
  readonly signal?: AbortSignal;
}

/** Asks for suggestions; throws when no answer comes. */
export async function fetchSuggestions(question: SuggestQuestion): Promise<SuggestAnswer> {
  const { text, limit, market, visitor, personalise = true, explainKey, signal } = question;
  const url = new URL(question.endpoint ?? '/v1/suggest', window.location.href);
  url.searchParams.set('q', [...text].slice(0, 128).join(''));
  url.searchParams.set('limit', String(limit));
  if (market !== '') url.searchParams.set('market', market);
  if (visitor !== undefined) {
    url.searchParams.set('user', visitor.user);
    url.searchParams.set('session', visitor.session);
  }
  if (!personalise) url.searchParams.set('personalise', 'false');
  if (explainKey !== null) url.searchParams.set('explain', 'true');
  const response = await fetch(url, {
    ...(explainKey === null ? {} : { headers: { authorization: `Bearer ${explainKey}` } }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw new Error(`expected suggestions, got status ${response.status}`);
  return (await response.json()) as SuggestAnswer;
}

/** Cuts a suggestion's text at its matches, whose offsets are UTF-16 code units as JavaScript's own. */
export function cutAtMatches({ text, matches }: AnsweredSuggestion): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of matches) {
    if (match.start > end) pieces.push({ text: text.slice(end, match.start), matched: false });
    pieces.push({ text: text.slice(match.start, match.end), matched: true });
    end = match.end;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), matched: false });
  return pieces;
}
