import type { AutocompletePlugin } from '@algolia/autocomplete-js';
import {
  type AnsweredSuggestion,
  cutAtMatches,
  fetchSuggestions,
  type SuggestAnswer,
} from './suggest-answer.ts';

/** A suggestion in its place of the list. (A type alias: autocomplete's items need an index signature, which interfaces lack.) */
export type SuggestionItem = AnsweredSuggestion & {
  /** From 1. The library asks anew before it tells of a choice, so the list then may be another one. */
  readonly position: number;
  /** The answer that it came from. */
  readonly requestId: string;
};

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
              const { endpoint, limit = 10, market, visitor, explainKey } = options;
              const answer = await fetchSuggestions({
                ...{ text: query, limit, market: market?.() ?? '', visitor },
                explainKey: explainKey?.() ?? null,
                ...(endpoint === undefined ? {} : { endpoint }),
              });
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
