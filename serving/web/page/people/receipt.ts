import type { ErasureReceipt } from '../../../people/erasure-receipt.ts';
import { createElement } from '../element.ts';

/** What an erasure did in each place, and what stays until when. Its heading can be focused. */
export function showReceipt(user: string, { status, places, stays }: ErasureReceipt): HTMLElement {
  const done = status === 'erased' ? `Erased ${user}` : `Erasing ${user}; it goes on by itself`;
  const heading = createElement('h3', { text: done });
  heading.tabIndex = -1;
  const head = createElement('tr');
  for (const name of ['Place', 'Removed', 'What']) {
    const cell = createElement('th', { text: name });
    cell.scope = 'col';
    head.append(cell);
  }
  const body = createElement('tbody');
  for (const { place, status: state, removed, detail } of places) {
    const name = createElement('th', { text: place });
    name.scope = 'row';
    const count = state === 'erased' ? removed.toLocaleString('en') : state;
    const cells = [
      createElement('td', { className: 'number', text: count }),
      createElement('td', { text: detail }),
    ];
    body.append(createElement('tr', {}, name, ...cells));
  }
  const table = createElement('table', {}, createElement('thead', {}, head), body);
  const remaining = createElement('details');
  remaining.append(createElement('summary', { text: 'What stays, and until when' }));
  const list = createElement('dl', { className: 'stays' });
  for (const { place, what, until } of stays) {
    list.append(
      createElement('dt', { text: place }),
      createElement('dd', { text: `${what}; until ${until}` }),
    );
  }
  remaining.append(list);
  const area = createElement('div', { className: 'reasons receipt' });
  area.append(heading, createElement('div', { className: 'scroll' }, table), remaining);
  return area;
}
