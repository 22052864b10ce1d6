import { createElement, createText } from '../element.ts';

/** A simulated person, as the demo's server lists them. */
export interface Person {
  readonly user: string;
  readonly market: string;
  readonly searches: number;
  readonly watched: number;
  readonly often: readonly string[];
  readonly lately: readonly string[];
}

/** The people of the demo; none elsewhere. */
export async function fetchPeople(): Promise<readonly Person[]> {
  const path = document.querySelector<HTMLMetaElement>('meta[name="foretype-people"]')?.content;
  if (path === undefined) return [];
  try {
    const response = await fetch(path);
    return response.ok ? ((await response.json()) as { people: Person[] }).people : [];
  } catch {
    return [];
  }
}

/** A list of people as radio buttons, so that arrow keys go through it; `onPick` hears of each choice. */
export function listPeople(
  people: readonly Person[],
  onPick: (person: Person) => void,
): HTMLElement {
  const area = createElement('fieldset', { className: 'people' });
  const list = createElement('div', { className: 'people-list' });
  const cards = people.map((person) => ({ person, card: showPerson(person, onPick) }));
  list.append(...cards.map(({ card }) => card));
  const markets = createElement('select', { className: 'people-market' });
  markets.ariaLabel = 'Market of the people';
  const tags = [...new Set(people.map(({ market }) => market))];
  markets.append(new Option('All markets', ''), ...tags.map((tag) => new Option(tag, tag)));
  markets.addEventListener('change', () => {
    for (const { person, card } of cards) {
      card.hidden = markets.value !== '' && person.market !== markets.value;
    }
  });
  const legend = createElement('legend', { text: 'Pick a simulated person' });
  area.append(legend, markets, list);
  return area;
}

function showPerson(person: Person, onPick: (person: Person) => void): HTMLElement {
  const input = createElement('input');
  input.type = 'radio';
  input.name = 'person';
  input.value = person.user;
  input.addEventListener('change', () => onPick(person));
  const likes = person.often.length > 0 ? person.often : person.lately;
  const texts = createElement('span', { className: 'person-likes' });
  for (const [i, text] of likes.entries()) {
    texts.append(i > 0 ? ' · ' : '', createText(text));
  }
  const name = createElement('span', { className: 'person-name', text: person.user });
  const market = createElement('span', { className: 'person-facts' });
  market.textContent = `${person.market} · ${person.searches} searches`;
  return createElement('label', { className: 'person' }, input, name, market, texts);
}
