import { describe, expect, it } from 'vitest';
import { scoreCell } from '../../../load-tests/typing/scoring.ts';
import { drawTrials } from '../../../load-tests/typing/trials.ts';
import { formatJudged, judgeTyping } from '../../../load-tests/typing/typing-report.ts';

const wanted = { texts: ['weather tomorrow', 'football results'], weights: [1, 1] };
const cells = drawTrials(wanted, { seed: 1, trialsACell: 30 });

/** Finds whatever is typed without an error. */
const exact = (typed: string) => wanted.texts.filter((text) => text.startsWith(typed));
/** Finds everything. */
const all = () => wanted.texts;

const verdictsOf = (corrected: (typed: string) => readonly string[]) =>
  judgeTyping(cells.map((cell) => scoreCell(cell, corrected, exact))).map(
    ({ name, share, atLeast }) => [name, share.value >= atLeast],
  );

describe('judging the typing benchmark', () => {
  const errorFigures = [
    'one error, 5 characters',
    'one error, 8 characters',
    'one error, whole',
    'two errors, 8 characters',
  ];
  const cleanFigures = ['3 characters', '5 characters', '8 characters', 'whole'].map(
    (length) => `clean, ${length}, of exact only`,
  );

  it('has figures for one and two errors and for clean typing, met by an engine that finds everything', () => {
    expect(verdictsOf(all)).toEqual([...errorFigures, ...cleanFigures].map((name) => [name, true]));
  });

  it('misses those with errors, and no others, for an engine without corrections', () => {
    expect(verdictsOf(exact)).toEqual([
      ...errorFigures.map((name) => [name, false]),
      ...cleanFigures.map((name) => [name, true]),
    ]);
  });

  it('misses clean typing when corrections push the wanted text out', () => {
    const verdicts = verdictsOf((typed) => (typed.length % 2 === 1 ? [] : all()));
    expect(verdicts).toContainEqual(['clean, 5 characters, of exact only', false]);
  });

  it('prints figure, interval, target and verdict', () => {
    const share = { value: 0.7, low: 0.65, high: 0.75 };
    const text = formatJudged('Title', [{ name: 'figure', share, atLeast: 0.68 }]);
    expect(text).toMatch(/figure\s+0\.700\s+0\.650 to 0\.750\s+at least 0\.68\s+met/);
  });
});
