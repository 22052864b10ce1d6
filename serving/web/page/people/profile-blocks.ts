import { stableHash } from '../../../../dictionaries/stable-hash.ts';
import type {
  DescribedProfile,
  DescribedSearch,
  DescribedWeight,
} from '../../../../ranking/profiles/profile-description.ts';
import { createElement, createText } from '../element.ts';

const MOST_LATELY = 8;
const MOST_OFTEN = 6;
const MOST_CHIPS = 12;
/** Words of a name, as profiles know them. */
const LONGEST_NAME = 4;

/** What a profile says of its user, in words; `onForget` hears of a search that is to be forgotten. */
export function showProfile(
  profile: DescribedProfile,
  onForget: (search: DescribedSearch) => void,
): HTMLElement[] {
  const { searches, terms, languages, scripts, partsOfTheDay } = profile;
  const names = namesIn(searches);
  const often = searches
    .filter(({ count }) => count > 1)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_OFTEN);
  return [
    showBlock(
      'Searched lately',
      showSearches(searches.slice(0, MOST_LATELY), onForget),
      searches.length - MOST_LATELY,
    ),
    ...(often.length === 0 ? [] : [showBlock('Searched often', showOften(often))]),
    showBlock('Words', showChips(terms), terms.length - MOST_CHIPS),
    ...showNamed('Themes', profile.topics, names),
    ...showNamed('Named things', profile.entities, names),
    showBlock(
      'Languages and scripts',
      showShares([...languages.map(inWords), ...scripts.map(inWords)], [languages, scripts]),
    ),
    showBlock('Hours, UTC', showHours(partsOfTheDay)),
  ];
}

function showBlock(name: string, content: HTMLElement, more = 0): HTMLElement {
  const block = createElement('section', { className: 'kept-block' });
  block.append(createElement('h4', { text: name }), content);
  if (more > 0) block.append(createElement('p', { className: 'more', text: `and ${more} more` }));
  return block;
}

function showSearches(
  searches: readonly DescribedSearch[],
  onForget: (search: DescribedSearch) => void,
): HTMLElement {
  const rows = searches.map((search) => {
    const { query, last, count } = search;
    const time = createElement('time', { text: dayOf(last) });
    time.dateTime = last;
    const facts = createElement('span', { className: 'facts' }, time);
    if (count > 1) facts.append(`, ${count} times`);
    const forget = createElement('button', { className: 'forget', text: 'Forget' });
    forget.type = 'button';
    forget.ariaLabel = `Forget ${query}`;
    forget.addEventListener('click', () => onForget(search));
    return createElement('li', {}, createText(query, 'kept-text'), facts, forget);
  });
  return createElement('ol', { className: 'kept-list' }, ...rows);
}

function showOften(searches: readonly DescribedSearch[]): HTMLElement {
  const rows = searches.map(({ query, count }) => {
    const facts = createElement('span', { className: 'facts', text: `${count} times` });
    return createElement('li', {}, createText(query, 'kept-text'), facts);
  });
  return createElement('ol', { className: 'kept-list' }, ...rows);
}

/** The weightiest, each with how many searches of just now it comes to. */
function showChips(weights: readonly DescribedWeight[]): HTMLElement {
  const chips = weights.slice(0, MOST_CHIPS).map(({ of, weight }) => {
    const number = createElement('span', { className: 'facts', text: ` ${rounded(weight)}` });
    return createElement('li', {}, createText(of), number);
  });
  if (chips.length === 0) return createElement('p', { className: 'more', text: 'Nothing yet.' });
  return createElement('ul', { className: 'chips' }, ...chips);
}

/** What is kept as numbers, by the names that the user's own searches give them. */
function showNamed(
  name: string,
  weights: readonly DescribedWeight[],
  names: ReadonlyMap<string, string>,
): HTMLElement[] {
  if (weights.length === 0) return [];
  const named = weights.flatMap(({ of, weight }) => {
    const text = names.get(of);
    return text === undefined ? [] : [{ of: text, weight }];
  });
  const unnamed = weights.length - named.length;
  const block = showBlock(name, showChips(named));
  if (named.length === 0) block.querySelector('p')?.remove();
  if (unnamed > 0) {
    const text = `${named.length === 0 ? '' : 'and '}${unnamed} of which a number is kept, no name`;
    block.append(createElement('p', { className: 'more', text }));
  }
  return [block];
}

/** The names that the searches hold, by the numbers that profiles keep of them. */
function namesIn(searches: readonly DescribedSearch[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { normalised } of searches) {
    const words = normalised.split(' ');
    for (let from = 0; from < words.length; from++) {
      for (let to = from + 1; to <= Math.min(words.length, from + LONGEST_NAME); to++) {
        const name = words.slice(from, to).join(' ');
        names.set(String(stableHash(name)), name);
      }
    }
    names.set(String(stableHash(normalised)), normalised);
  }
  return names;
}

function showShares(
  codes: readonly DescribedWeight[],
  tables: readonly (readonly DescribedWeight[])[],
): HTMLElement {
  const list = createElement('dl', { className: 'shares' });
  let at = 0;
  for (const table of tables) {
    const total = table.reduce((sum, { weight }) => sum + weight, 0);
    for (const { weight } of table) {
      const share = total > 0 ? weight / total : 0;
      list.append(showShare(codes[at++]?.of ?? '', share, share));
    }
  }
  if (at === 0) return createElement('p', { className: 'more', text: 'Nothing yet.' });
  return list;
}

function showHours(parts: readonly DescribedWeight[]): HTMLElement {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const most = parts.reduce((greatest, { weight }) => Math.max(greatest, weight), 0);
  const list = createElement('dl', { className: 'shares' });
  for (const { of, weight } of [...parts].sort((a, b) => (a.of < b.of ? -1 : 1))) {
    list.append(showShare(of.replace('-', '–'), weight / (total || 1), weight / (most || 1)));
  }
  if (parts.length === 0) return createElement('p', { className: 'more', text: 'Nothing yet.' });
  return list;
}

function showShare(name: string, share: number, height: number): HTMLElement {
  const bar = createElement('meter');
  bar.value = height;
  bar.ariaHidden = 'true';
  const text = createElement('span', { className: 'facts', text: `${Math.round(100 * share)}%` });
  const value = createElement('dd', {}, bar, text);
  return createElement('div', {}, createElement('dt', { text: name }), value);
}

/** A code of a language or script as its name; as it is where the browser has none. */
function inWords({ of, weight }: DescribedWeight): DescribedWeight {
  const type = of.length === 4 ? 'script' : 'language';
  try {
    return { of: new Intl.DisplayNames('en', { type }).of(of) ?? of, weight };
  } catch {
    return { of, weight };
  }
}

function dayOf(time: string): string {
  return new Date(time).toLocaleDateString('en', { day: 'numeric', month: 'short' });
}

function rounded(weight: number): string {
  return weight.toLocaleString('en', { maximumFractionDigits: 1 });
}
