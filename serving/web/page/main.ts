import { autocomplete } from '@algolia/autocomplete-js';
import '@algolia/autocomplete-theme-classic/dist/theme.css';
import { createForetypePlugin, type SuggestionItem } from './foretype-plugin.ts';
import { readPageKey } from './page-key.ts';
import { showChoice } from './results.ts';
import { showFailure, showSnapshot } from './snapshot-line.ts';
import './style.css';

const results = findElement('results');
const snapshotLine = findElement('snapshot');
const marketChoice = findElement('market') as HTMLSelectElement;
const explainChoice = findElement('explain') as HTMLInputElement;
const pageKey = readPageKey(document);

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
  autoFocus: true,
  openOnFocus: true,
  // One list under the box at every width: the library's full-screen mode hides where the person is.
  detachedMediaQuery: 'none',
  plugins: [
    createForetypePlugin({
      limit: 10,
      market: () => marketChoice.value,
      explainKey: () => (explainChoice.checked ? pageKey : null),
      onAnswer: (answer) => showSnapshot(snapshotLine, answer.snapshot),
      onFailure: () => showFailure(snapshotLine),
      onChoose: (item) => showChoice(results, { text: item.text, item }),
    }),
  ],
  onSubmit({ state }) {
    const text = state.query.trim();
    if (text !== '') showChoice(results, { text });
  },
  onReset() {
    results.replaceChildren();
  },
});

for (const choice of [marketChoice, explainChoice]) {
  choice.addEventListener('change', () => {
    search.setIsOpen(true);
    void search.refresh();
  });
}
findElement('explain-choice').hidden = pageKey === null;
void showSnapshot(snapshotLine, null, marketChoice);
for (const input of document.querySelectorAll<HTMLInputElement>('.aa-Input')) input.dir = 'auto';

function findElement(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`expected an element with id ${id} in the page`);
  return element;
}
