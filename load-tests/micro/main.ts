import { writeFileSync } from 'node:fs';
import { readBaseline, writeBaseline } from './baseline.ts';
import { formatCorrections, runCorrections } from './corrections.ts';
import { figuresOf, type SuiteResults } from './figures.ts';
import { formatIndexGrowth, runIndexGrowth } from './index-growth.ts';
import { describeMachine } from './machine.ts';
import {
  type BenchCommand,
  type BenchOptions,
  BenchUsageError,
  parseBenchOptions,
  USAGE,
} from './options.ts';
import { PHASE_COMMAND, runPhase } from './phases/phase-process.ts';
import { servePhase } from './phases/phases.ts';
import { formatPipeline, runPipeline } from './pipeline.ts';
import * as report from './report.ts';
import { runSuite } from './suite.ts';

const TEN_MILLION = [100_000, 1_000_000, 10_000_000];

const log = (line: string): void => {
  process.stderr.write(`bench: ${line}\n`);
};
const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** The benchmark's command: `npm run bench`. */
async function main(args: readonly string[]): Promise<number> {
  const options = parseBenchOptions(args);
  const machine = describeMachine();
  print(machine.text);
  if (machine.busy !== null) print(machine.busy);
  const results = await COMMANDS[options.command](options);
  if (options.json !== null) {
    writeFileSync(options.json, `${JSON.stringify({ machine, options, results }, null, 2)}\n`);
  }
  return 0;
}

async function suite(options: BenchOptions): Promise<object> {
  const results = await runSuite(options, log);
  printSuite(results);
  const growth = options.tenMillion ? await measureGrowth(options) : undefined;
  const figures = figuresOf(results);
  print(report.formatFigures(figures, readBaseline()[results.set.id]));
  if (options.writeBaseline) writeBaseline(results.set.id, figures);
  return { ...results, growth, figures };
}

function printSuite(results: SuiteResults): void {
  const { byScore, uniform, agreed, compared } = results.lookups;
  print(`Set: ${results.set.description}`);
  print(`Ours and the reference gave the same list on ${agreed} of ${compared} prefixes.`);
  const besideReference = [byScore.reference, byScore.prefix];
  print(report.formatTimings('Prefix, ten best, completions drawn by score', besideReference));
  print(
    report.formatTimings('Prefix, ten best, drawn evenly', [uniform.reference, uniform.prefix]),
  );
  print(report.formatTimings('Any order, ten best, by score', [byScore.anyOrder]));
  print(report.formatTimings('Any order, ten best, drawn evenly', [uniform.anyOrder]));
  for (const { timing, own } of results.libraries) {
    print(report.formatTimings(`Beside ${timing.name}, by score`, [timing, own]));
  }
  if (results.libraries.length > 0) print(report.formatLibraries(results));
  print(report.formatBytes(results));
  print(report.formatBuilds(results));
}

async function measureGrowth({ seed }: BenchOptions): Promise<object> {
  log('growth to ten million');
  const timing = { queriesAGroup: 4000, rounds: 5, groupBudgetMs: 400 };
  const growth = await runPhase('growth', { counts: TEN_MILLION, seed, ...timing });
  print(report.formatGrowth(growth));
  return growth;
}

async function corrections(options: BenchOptions): Promise<object> {
  const results = await runCorrections(options, log);
  print(formatCorrections(results));
  return results;
}

async function indexGrowth(options: BenchOptions): Promise<object> {
  const results = await runIndexGrowth(options, log);
  print(formatIndexGrowth(results));
  return results;
}

async function pipeline(options: BenchOptions): Promise<object> {
  const results = await runPipeline(options, log);
  print(formatPipeline(results));
  return results;
}

const COMMANDS: Readonly<Record<BenchCommand, (options: BenchOptions) => Promise<object>>> = {
  suite,
  pipeline,
  corrections,
  'index-growth': indexGrowth,
};

if (process.argv[2] === PHASE_COMMAND && process.send !== undefined) servePhase();
else {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof BenchUsageError)) throw error;
    process.stderr.write(`bench: ${error.message}\n${USAGE}\n`);
    process.exitCode = 2;
  }
}
