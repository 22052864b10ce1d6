import { createElement } from '../element.ts';
import { type AnsweredSuggestion, cutAtMatches, type SuggestAnswer } from '../suggest-answer.ts';
import { describeMove, describeMoves, findMoves, type Move } from './moves.ts';
import { showReasons } from './reasons.ts';

/** The answers to one typed text: to anybody, and to somebody. */
export interface ComparedAnswers {
  readonly user: string;
  readonly popular: SuggestAnswer;
  readonly personal: SuggestAnswer;
}

/** What was chosen to be told about: it stays chosen while the lists still have it. */
export interface ChosenRow {
  id: string | null;
}

/** Shows both orders side by side, how each suggestion moved, and why the chosen one stands where it does. */
export function showComparison(
  area: HTMLElement,
  { user, popular, personal }: ComparedAnswers,
  chosen: ChosenRow,
): void {
  const ids = personal.suggestions.map(({ id }) => id);
  const own = personal.suggestions.map(keyOf);
  const others = popular.suggestions.map(keyOf);
  const moves = findMoves(own, others);
  const gone = others.filter((key) => !own.includes(key)).length;
  const reasons = createElement('section', { className: 'why-area' });
  reasons.ariaLive = 'polite';
  const rows = personal.suggestions.map((item, place) => {
    const button = createElement('button', { className: 'row' }, ...rowParts(item, moves[place]));
    button.type = 'button';
    button.addEventListener('click', () => choose(place));
    return button;
  });
  const choose = (place: number): void => {
    chosen.id = ids[place] ?? null;
    for (const [i, row] of rows.entries()) row.setAttribute('aria-pressed', String(i === place));
    const item = personal.suggestions[place];
    reasons.replaceChildren(...(item === undefined ? [] : [showReasons(item, personal.explain)]));
  };
  const popularRows = popular.suggestions.map((item) => {
    const isGone = !own.includes(keyOf(item));
    const row = createElement('div', { className: isGone ? 'row gone' : 'row' }, ...rowParts(item));
    if (isGone) row.append(createElement('span', { className: 'move', text: 'gone' }));
    return row;
  });
  const status = createElement('p', {
    className: 'compared',
    text: describe(personal, moves, gone),
  });
  status.setAttribute('role', 'status');
  const columns = createElement('div', { className: 'columns' });
  columns.append(showColumn('By popularity', popularRows), showColumn(`For ${user}`, rows));
  area.replaceChildren(status, columns, ...showStages(personal), reasons);
  const firstMoved = moves.findIndex(({ kind }) => kind !== 'same');
  const again = chosen.id === null ? -1 : ids.indexOf(chosen.id);
  if (rows.length > 0) choose(again >= 0 ? again : Math.max(0, firstMoved));
}

/** What a suggestion is the same by in both orders: ids of own searches are their user's. */
function keyOf({ text }: AnsweredSuggestion): string {
  return text.normalize('NFKC').toLowerCase();
}

function showColumn(name: string, rows: readonly HTMLElement[]): HTMLElement {
  const list = createElement('ol', {}, ...rows.map((row) => createElement('li', {}, row)));
  const nothing = createElement('p', { className: 'nothing', text: 'No suggestions.' });
  const heading = createElement('h3', { text: name });
  return createElement('section', {}, heading, rows.length === 0 ? nothing : list);
}

function rowParts(item: AnsweredSuggestion, move?: Move): HTMLElement[] {
  const text = createElement('span', { className: 'row-text' });
  text.dir = 'auto';
  for (const { text: piece, matched } of cutAtMatches(item)) {
    text.append(createElement(matched ? 'mark' : 'span', { text: piece }));
  }
  const source = createElement('span', { className: 'row-source', text: item.source });
  if (move === undefined) return [text, source];
  const { sign, words } = describeMove(move);
  const shown = createElement('span', { className: `move ${move.kind}`, text: sign });
  shown.ariaHidden = 'true';
  const spoken = createElement('span', { className: 'spoken', text: words });
  return [text, source, shown, spoken];
}

function describe({ personalised, explain }: SuggestAnswer, moves: readonly Move[], gone: number) {
  if (personalised === false)
    return 'Nothing is known of this person that matters here: the popular order.';
  const order = `Against the popular order: ${describeMoves(moves, gone)}.`;
  if (explain === undefined) return order;
  const { ranker, candidates } = explain;
  return `${order} ${candidates} candidates, ranked by ${ranker}.`;
}

/** How long each stage took, as a bar of parts. */
function showStages({ explain }: SuggestAnswer): HTMLElement[] {
  if (explain === undefined) return [];
  const stages = Object.entries(explain.stageMicroseconds);
  const list = createElement('dl', { className: 'stages' });
  for (const [stage, us] of stages) {
    const time = createElement('dd', { text: `${us.toFixed(0)} µs` });
    list.append(createElement('div', {}, createElement('dt', { text: stage }), time));
  }
  return [list];
}
