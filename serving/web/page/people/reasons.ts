import { FEATURES } from '../../../../ranking/features/feature-list.ts';
import { createElement, createText } from '../element.ts';
import type { AnsweredSuggestion, AnswerReasons } from '../suggest-answer.ts';

const UNITS = new Map(FEATURES.map(({ name, unit }) => [name, unit]));

interface Part {
  readonly name: string;
  readonly value: number;
  readonly added: number;
}

/** Why a suggestion stands where it does: sources, rules, and each feature with its value and what it adds to the score, what weighs most first. */
export function showReasons(
  { text, source, explain }: AnsweredSuggestion,
  answer: AnswerReasons | undefined,
): HTMLElement {
  const area = createElement('div', { className: 'reasons' });
  area.append(createElement('h3', { text: 'Why ' }, createText(text, 'searched')));
  if (explain === undefined) return area;
  const { sources = [source], rules, contributions, features, rankScore } = explain;
  area.append(
    createElement('p', { text: `Found by ${sources.join(', ')}. Passed ${rules.join(', ')}.` }),
  );
  if (contributions === undefined || answer === undefined) {
    area.append(
      createElement('p', {
        text: 'It is not ranked by a profile, but by how often it is searched.',
      }),
    );
    return area;
  }
  const parts = Object.entries(contributions)
    .map(([name, added]) => ({ name, value: features[name] ?? 0, added }))
    .sort((a, b) => Math.abs(b.added) - Math.abs(a.added) || (a.name < b.name ? -1 : 1));
  const largest = Math.abs(parts[0]?.added ?? 0) || 1;
  const counted = parts.filter(({ added }) => added !== 0);
  const others = parts.filter(({ added }) => added === 0);
  area.append(
    showTable(counted, largest, [
      ['Added to all', answer.bias],
      ['Score', rankScore ?? Number.NaN],
    ]),
  );
  if (others.length > 0) {
    const more = createElement('details');
    const name = `${others.length} features that add nothing here`;
    more.append(createElement('summary', { text: name }), showTable(others, largest, []));
    area.append(more);
  }
  return area;
}

function showTable(
  parts: readonly Part[],
  largest: number,
  sums: readonly (readonly [string, number])[],
): HTMLElement {
  const head = createElement('tr');
  for (const name of ['Feature', 'Value', 'Adds']) {
    const cell = createElement('th', { text: name });
    cell.scope = 'col';
    head.append(cell);
  }
  const body = createElement('tbody');
  for (const part of parts) body.append(showPart(part, largest));
  const foot = createElement('tfoot');
  for (const [name, value] of sums) {
    const cell = createElement('th', { text: name });
    cell.scope = 'row';
    cell.colSpan = 2;
    const sum = createElement('td', { className: 'number', text: signed(value) });
    foot.append(createElement('tr', {}, cell, sum));
  }
  const table = createElement('table', {}, createElement('thead', {}, head), body, foot);
  return createElement('div', { className: 'scroll' }, table);
}

function showPart({ name, value, added }: Part, largest: number): HTMLElement {
  const feature = createElement('th', { text: name });
  feature.scope = 'row';
  const unit = createElement('span', { className: 'unit', text: UNITS.get(name) ?? '' });
  const number = createElement('td', { className: 'number', text: rounded(value) }, ' ', unit);
  const bar = createElement('meter', { className: added < 0 ? 'less' : 'more' });
  bar.max = largest;
  bar.value = Math.abs(added);
  bar.ariaHidden = 'true';
  const adds = createElement('td', { className: 'adds' });
  adds.append(createElement('span', { className: 'number', text: signed(added) }), bar);
  return createElement('tr', {}, feature, number, adds);
}

function rounded(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 3 });
}

function signed(value: number): string {
  return value.toLocaleString('en', {
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
    signDisplay: 'exceptZero',
  });
}
