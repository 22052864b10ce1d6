import { createElement } from '../element.ts';
import { sendSearch } from '../search-events.ts';
import { fetchSuggestions } from '../suggest-answer.ts';
import { type ChosenRow, showComparison } from './comparison.ts';
import { listPeople, type Person } from './person-list.ts';
import { ProfilePanel } from './profile-panel.ts';

const SHOWN = 10;
/** Beginnings that are offered to be tried, and their length in characters. */
const MOST_TRIES = 5;
const TRIED_LENGTH = 2;

/** Shows the popular order and that of a picked person side by side, as they type. */
export class PeopleView {
  readonly #key: string;
  readonly #compared = createElement('div', { className: 'compared-area' });
  readonly #input = createElement('input', { className: 'typed' });
  readonly #note = createElement('p', { className: 'person-note' });
  readonly #tries = createElement('div', { className: 'searches' });
  readonly #session = `page-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  readonly #chosen: ChosenRow = { id: null };
  readonly #kept: ProfilePanel;
  #person: Person | null = null;
  #asked: AbortController | null = null;

  /** @param key what `explain` and the users' routes are asked with */
  constructor(area: HTMLElement, people: readonly Person[], key: string) {
    this.#key = key;
    this.#kept = new ProfilePanel({
      ...{ key, session: this.#session },
      onForgotten: () => void this.#compare(),
    });
    const form = createElement('form', { className: 'typing' });
    const label = createElement('label', { text: 'Type as this person' }, this.#input);
    const search = createElement('button', { className: 'search-as', text: 'Search' });
    form.append(label, search);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#search();
    });
    this.#input.type = 'search';
    this.#input.autocomplete = 'off';
    this.#input.spellcheck = false;
    this.#input.dir = 'auto';
    this.#input.addEventListener('input', () => void this.#compare());
    this.#note.setAttribute('role', 'status');
    const list = listPeople(people, (person) => this.#pick(person));
    const work = createElement('section', { className: 'person-work' });
    work.append(form, this.#tries, this.#note, this.#compared, this.#kept.element);
    area.replaceChildren(createElement('div', { className: 'people-view' }, list, work));
    list.querySelector<HTMLInputElement>('input')?.click();
  }

  #pick(person: Person): void {
    this.#person = person;
    const { watched, lately } = person;
    this.#note.textContent = `Watched ${watched} videos. Searched last: ${lately.join(', ')}.`;
    const beginnings = [...person.often, ...lately].map((text) =>
      [...text].slice(0, TRIED_LENGTH).join('').trim().toLowerCase(),
    );
    const tries = [...new Set(beginnings)].slice(0, MOST_TRIES);
    this.#tries.replaceChildren(...tries.map((text) => this.#offer(text)));
    this.#chosen.id = null;
    this.#input.value = tries[0] ?? '';
    void this.#compare();
    this.#kept.show(person.user);
  }

  #offer(text: string): HTMLElement {
    const button = createElement('button', { text });
    button.type = 'button';
    button.title = `Type ${text}`;
    button.addEventListener('click', () => {
      this.#input.value = text;
      void this.#compare();
    });
    return button;
  }

  async #compare(): Promise<void> {
    const person = this.#person;
    if (person === null) return;
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    const { user, market } = person;
    const question = {
      ...{ text: this.#input.value, limit: SHOWN, market, explainKey: this.#key },
      visitor: { user, session: this.#session },
      signal: asked.signal,
    };
    try {
      const [popular, personal] = await Promise.all([
        fetchSuggestions({ ...question, personalise: false }),
        fetchSuggestions(question),
      ]);
      if (!asked.signal.aborted) {
        showComparison(this.#compared, { user, popular, personal }, this.#chosen);
      }
    } catch {
      if (asked.signal.aborted) return;
      const failure = 'The server does not answer; the lists are back when it does.';
      this.#compared.replaceChildren(createElement('p', { className: 'nothing', text: failure }));
    }
  }

  /** Searches as the person: the very next lists know of it. */
  async #search(): Promise<void> {
    const person = this.#person;
    const query = this.#input.value.trim();
    if (person === null || query === '') return;
    const visitor = { user: person.user, session: this.#session };
    const isTaken = await sendSearch({ query, origin: 'typed', market: person.market }, visitor);
    this.#note.textContent = isTaken
      ? `${person.user} searched for ${query}; the lists know of it now.`
      : 'The server did not take the search.';
    await Promise.all([this.#compare(), this.#kept.refresh()]);
  }
}
