import type { SuggestionItem } from './foretype-plugin.ts';

/** What was searched for, and the suggestion that it came from, if any. */
export interface Choice {
  readonly text: string;
  readonly item?: SuggestionItem;
  /** Where it was chosen. */
  readonly origin?: string;
}

/** Shows what an application would be handed now: this page has no search engine behind it. */
export function showChoice(area: HTMLElement, { text, item, origin = 'typed' }: Choice): void {
  const heading = createElement('h2', 'Search for ');
  const searched = createElement('span', text);
  searched.className = 'searched';
  searched.dir = 'auto';
  heading.append(searched);
  const note = createElement(
    'p',
    'Your search engine takes over here. This is what Foretype hands it:',
  );
  const facts = document.createElement('dl');
  const add = (name: string, value: string) =>
    facts.append(createElement('dt', name), createElement('dd', value));
  add('query', text);
  if (item === undefined) {
    add('origin', origin);
  } else {
    add('origin', `suggestion, position ${item.position}`);
    add('found by', item.source);
    add('score', item.score.toLocaleString('en', { maximumSignificantDigits: 4 }));
    add('id', item.id);
  }
  area.replaceChildren(heading, note, facts);
}

function createElement(name: string, text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
