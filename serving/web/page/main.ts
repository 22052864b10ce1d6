import { autocomplete } from '@algolia/autocomplete-js';
import '@algolia/autocomplete-theme-classic/dist/theme.css';
import { showFeed } from './feed.ts';
import { createForetypePlugin, type SuggestionItem } from './foretype-plugin.ts';
import { readPageKey } from './page-key.ts';
import './people/people.css';
import './people/profile.css';
import { PeopleView } from './people/people-view.ts';
import { fetchPeople } from './people/person-list.ts';
import { fetchRelated, listSearches } from './related-searches.ts';
import { showChoice } from './results.ts';
import { type MadeSearch, sendSearch } from './search-events.ts';
import { showFailure, showSnapshot } from './snapshot-line.ts';
import './style.css';
import './surfaces.css';
import { startViews } from './views.ts';
import { readVisitor } from './visitor.ts';

const results = findElement('results');
const related = findElement('related');
const snapshotLine = findElement('snapshot');
const marketChoice = findElement('market') as HTMLSelectElement;
const explainChoice = findElement('explain') as HTMLInputElement;
const pageKey = readPageKey(document);
const visitor = readVisitor();
const RELATED_SHOWN = 8;

const scheme = window.matchMedia('(prefers-color-scheme: dark)');
const followScheme = () => {
  document.body.dataset.theme = scheme.matches ? 'dark' : 'light';
};
scheme.addEventListener('change', followScheme);
followScheme();

const search = autocomplete<SuggestionItem>({
  container: findElement('search'),
  id: 'foretype',
  placeholder: 'Search',
  // It names the box and the list too.
  translations: { submitButtonTitle: 'Search', clearButtonTitle: 'Clear' },
  // The list of a focused box would cover the feed.
  autoFocus: document.querySelector('meta[name="foretype-feed"]') === null,
  openOnFocus: true,
  // One list under the box at every width: the library's full-screen mode hides where the person is.
  detachedMediaQuery: 'none',
  plugins: [
    createForetypePlugin({
      limit: 10,
      market: () => marketChoice.value,
      visitor,
      explainKey: () => (explainChoice.checked ? pageKey : null),
      onAnswer: (answer) => showSnapshot(snapshotLine, answer.snapshot),
      onFailure: () => showFailure(snapshotLine),
      onChoose: (item) => {
        const { text, requestId } = item;
        makeSearch({ query: text, origin: 'suggestion', requestId }, item);
      },
    }),
  ],
  onSubmit({ state }) {
    const query = state.query.trim();
    if (query !== '') makeSearch({ query, origin: 'typed' });
  },
  onReset() {
    results.replaceChildren();
    related.replaceChildren();
  },
});

/** Shows what was searched, tells the server of it, and then what others search next. */
function makeSearch(made: MadeSearch, item?: SuggestionItem): void {
  showChoice(results, { text: made.query, origin: made.origin, ...(item ? { item } : {}) });
  related.replaceChildren();
  void sendSearch(made, visitor).then(() => showRelated(made.query));
}

let asked = 0;

async function showRelated(query: string): Promise<void> {
  const turn = ++asked;
  const market = marketChoice.value;
  const answer = await fetchRelated({ to: { q: query }, limit: RELATED_SHOWN, market, visitor });
  // Another search was made meanwhile: its list is the one to show.
  if (turn !== asked || answer === null || answer.suggestions.length === 0) return;
  const heading = document.createElement('h2');
  heading.textContent = 'Related searches';
  const list = listSearches(answer, (text, requestId) =>
    searchFor({ query: text, origin: 'related', requestId }),
  );
  related.replaceChildren(heading, list);
}

/** A search that was made elsewhere than in the box, which then shows it. */
function searchFor(made: MadeSearch): void {
  search.setQuery(made.query);
  search.setIsOpen(false);
  makeSearch(made);
  findElement('search').scrollIntoView({ block: 'nearest' });
}

const refreshFeed = () =>
  showFeed({
    area: findElement('feed'),
    visitor,
    market: () => marketChoice.value,
    onSearch: searchFor,
  });

for (const choice of [marketChoice, explainChoice]) {
  choice.addEventListener('change', () => {
    search.setIsOpen(true);
    void search.refresh();
  });
}
marketChoice.addEventListener('change', () => void refreshFeed());
findElement('explain-choice').hidden = pageKey === null;
void showSnapshot(snapshotLine, null, marketChoice);
void refreshFeed();
void offerPeople();
for (const input of document.querySelectorAll<HTMLInputElement>('.aa-Input')) input.dir = 'auto';

/** Where the server has people to be seen as, the page has a second view. */
async function offerPeople(): Promise<void> {
  const people = await fetchPeople();
  const key = pageKey;
  if (people.length === 0 || key === null) return;
  startViews(() => new PeopleView(findElement('people-view'), people, key));
}

function findElement(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`expected an element with id ${id} in the page`);
  return element;
}
