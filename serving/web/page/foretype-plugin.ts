import type { AutocompletePlugin } from '@algolia/autocomplete-js';

/** A suggestion in its place of the list. (A type alias: autocomplete's items need an index signature, which interfaces lack.) */
export type SuggestionItem = AnsweredSuggestion & {
  /** From 1. The library asks anew before it tells of a choice, so the list then may be another one. */
  readonly position: number;
  /** The answer that it came from. */
  readonly requestId: string;
};

/** A suggestion as the API answers it. */
type AnsweredSuggestion = {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
  readonly source: string;
  readonly score: number;
  readonly matches: readonly { readonly start: number; readonly end: number }[];
  readonly explain?: {
    readonly generator: string;
    readonly features: Readonly<Record<string, number>>;
    readonly rules: readonly string[];
  };
};

export interface SuggestAnswer {
  readonly requestId: string;
  readonly snapshot: string;
  readonly market: string;
  readonly suggestions: readonly AnsweredSuggestion[];
}

export interface ForetypePluginOptions {
  /** Where `GET /v1/suggest` is; the page's own server when absent. */
  readonly endpoint?: string;
  readonly limit?: number;
  /** The market to ask for now; none when absent or empty. */
  readonly market?: () => string;
  /** Who types, where answers may be personal. */
  readonly visitor?: { readonly user: string; readonly session: string };
  /** The key to ask for explanations with, `null` not to ask. */
  readonly explainKey?: () => string | null;
  /** Called with every answer and the milliseconds from asking to having read it. */
  readonly onAnswer?: (answer: SuggestAnswer, tookMs: number) => void;
  /** Called when an answer did not come; the list is then empty. */
  readonly onFailure?: (error: unknown) => void;
  /** Called when a suggestion is chosen. */
  readonly onChoose?: (item: SuggestionItem) => void;
}

/** A piece of a suggestion's text, and whether the typed text accounts for it. */
export interface TextPiece {
  readonly text: string;
  readonly matched: boolean;
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

/**
 * A source of Foretype's suggestions for @algolia/autocomplete-js. Text reaches the page through the library's own elements
 * alone, never as markup.
 */
export function createForetypePlugin(
  options: ForetypePluginOptions = {},
): AutocompletePlugin<SuggestionItem, undefined> {
  return {
    name: 'foretype',
    getSources({ query, setQuery, refresh }) {
      let footer = '';
      let isAnswered = true;
      return [
        {
          sourceId: 'foretype',
          async getItems() {
            const started = performance.now();
            try {
              const answer = await fetchSuggestions(query, options);
              const tookMs = performance.now() - started;
              footer = describeAnswer(answer, tookMs);
              options.onAnswer?.(answer, tookMs);
              const { requestId, suggestions } = answer;
              return suggestions.map((item, at) => ({ ...item, position: at + 1, requestId }));
            } catch (error) {
              footer = '';
              isAnswered = false;
              options.onFailure?.(error);
              return [];
            }
          },
          getItemInputValue: ({ item }) => item.text,
          onSelect: ({ item }) => options.onChoose?.(item),
          templates: {
            item({ item, html }) {
              const pieces = cutAtMatches(item).map(({ text, matched }) =>
                matched ? html`<mark>${text}</mark>` : html`<span>${text}</span>`,
              );
              const reasons = describeReasons(item);
              const fill = (event: Event) => {
                event.preventDefault();
                event.stopPropagation();
                setQuery(`${item.text} `);
                void refresh();
              };
              return html`<div class="suggestion">
                <svg class="glass" viewBox="0 0 20 20" aria-hidden="true">
                  <circle cx="8.5" cy="8.5" r="5.5"></circle><path d="m13 13 4.5 4.5"></path>
                </svg>
                <div class="suggestion-body">
                  <span class="suggestion-text" dir="auto">${pieces}</span>
                  ${reasons === '' ? '' : html`<span class="why">${reasons}</span>`}
                </div>
                <button
                  class="fill"
                  type="button"
                  tabindex="-1"
                  aria-hidden="true"
                  title="Continue typing from this suggestion"
                  onClick=${fill}
                >
                  <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M15 15 6 6m0 7V6h7"></path></svg>
                </button>
              </div>`;
            },
            noResults: ({ html }) =>
              html`<p class="nothing">${isAnswered ? 'No suggestions.' : 'No answer from the server.'} Enter searches as typed.</p>`,
            footer: ({ html }) => html`<p class="took">${footer}</p>`,
          },
        },
      ];
    },
  };
}

async function fetchSuggestions(
  query: string,
  { endpoint = '/v1/suggest', limit = 10, market, visitor, explainKey }: ForetypePluginOptions,
): Promise<SuggestAnswer> {
  const url = new URL(endpoint, window.location.href);
  url.searchParams.set('q', [...query].slice(0, 128).join(''));
  url.searchParams.set('limit', String(limit));
  const asked = market?.() ?? '';
  if (asked !== '') url.searchParams.set('market', asked);
  if (visitor !== undefined) {
    url.searchParams.set('user', visitor.user);
    url.searchParams.set('session', visitor.session);
  }
  const key = explainKey?.() ?? null;
  if (key !== null) url.searchParams.set('explain', 'true');
  const response = await fetch(
    url,
    key === null ? {} : { headers: { authorization: `Bearer ${key}` } },
  );
  if (!response.ok) throw new Error(`expected suggestions, got status ${response.status}`);
  return (await response.json()) as SuggestAnswer;
}

/** Where a suggestion came from, its features and the rules that it passed, in a line; empty when the answer does not say. */
function describeReasons({ explain }: AnsweredSuggestion): string {
  if (explain === undefined) return '';
  const features = Object.entries(explain.features).map(
    ([name, value]) => `${name} ${value.toLocaleString('en', { maximumSignificantDigits: 4 })}`,
  );
  return [explain.generator, ...features, `passed ${explain.rules.join(', ')}`].join(' · ');
}

function describeAnswer({ suggestions, market }: SuggestAnswer, tookMs: number): string {
  const count = suggestions.length === 1 ? '1 suggestion' : `${suggestions.length} suggestions`;
  const place = market === 'und' ? 'all markets' : market;
  return `${count} · ${place} · ${tookMs.toFixed(1)} ms round trip`;
}
