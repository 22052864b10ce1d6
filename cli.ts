#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import type { CommandIo } from './indexer/command-line.ts';
import type { EvaluateParts } from './ranking/commands/evaluate.ts';

interface CommandModule {
  /** Its options, for `--help`. */
  readonly USAGE?: string | undefined;
  readonly run: (args: readonly string[], io: CommandIo) => Promise<number>;
}

/** The commands; each is loaded when it is asked for, and handed what it may not import itself. */
const COMMANDS: Readonly<Record<string, () => Promise<CommandModule>>> = {
  index: () => import('./indexer/commands/index.ts'),
  serve: () => import('./serving/commands/serve.ts'),
  suggest: () => import('./serving/commands/suggest.ts'),
  evaluate: loadEvaluate,
  inspect: () => import('./indexer/commands/inspect.ts'),
  verify: () => import('./indexer/commands/verify.ts'),
  snapshots: () => import('./indexer/commands/snapshots.ts'),
  profiles: () => import('./serving/commands/profiles.ts'),
  simulate: () => import('./load-tests/commands/simulate.ts'),
  demo: loadDemo,
};

async function loadEvaluate(): Promise<CommandModule> {
  const { run, USAGE } = await import('./ranking/commands/evaluate.ts');
  const { readHeldOutLog } = await import('./indexer/held-out-log.ts');
  const { openSnapshot } = await import('./index.ts');
  const { normalise } = await import('./dictionaries/normalise.ts');
  const parts: EvaluateParts = {
    readQueryRows: (files, options) => readHeldOutLog(files, options, Date.now()),
    openSuggest: async (indexDir) => {
      const snapshot = await openSnapshot(indexDir);
      return (typed, options) =>
        snapshot.suggest(typed, options).suggestions.map(({ text }) => normalise(text));
    },
  };
  return { USAGE, run: (args, io) => run(args, io, parts) };
}

async function loadDemo(): Promise<CommandModule> {
  const { run, USAGE } = await import('./serving/commands/demo.ts');
  const { run: simulate } = await import('./load-tests/commands/simulate.ts');
  const { run: index } = await import('./indexer/commands/index.ts');
  return { USAGE, run: (args, io) => run(args, io, { simulate, index }) };
}

const NOT_YET = ['train'];

const USAGE = `usage: foretype COMMAND [options]

  index      build an index from query logs and publish it
  serve      answer suggestions over HTTP, with a page at /
  suggest    answer one prefix on the command line
  evaluate   measure an index against a held-out query log
  inspect    show what was merged into a query, or it into what, and why
  verify     check every checksum and order of an index
  snapshots  list, activate, rollback or prune the snapshots of an index
  profiles   rebuild the users' profiles from the event log
  simulate   write the logs of a simulated world
  demo       simulate, index and serve in one go

foretype COMMAND --help shows the options of a command; exit codes: 0 done, 1 the work failed, 2 wrong usage.
`;

async function main(args: readonly string[], io: CommandIo): Promise<number> {
  const [command = '', ...rest] = args;
  if (command === '--help' || command === '-h' || command === 'help') {
    io.stdout.write(USAGE);
    return 0;
  }
  if (command === '--version') {
    io.stdout.write(`${readVersion()}\n`);
    return 0;
  }
  if (NOT_YET.includes(command)) {
    io.stderr.write(`foretype: ${command} is not in this version yet\n`);
    return 2;
  }
  const load = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (load === undefined) {
    const what =
      command === '' ? 'expected a command' : `unknown command ${JSON.stringify(command)}`;
    io.stderr.write(`foretype: ${what}\n\n${USAGE}`);
    return 2;
  }
  try {
    const module = await load();
    if (rest.includes('--help') || rest.includes('-h')) {
      io.stdout.write(
        module.USAGE === undefined ? USAGE : `usage: ${module.USAGE.replace(/^usage: /, '')}\n`,
      );
      return 0;
    }
    return await module.run(rest, io);
  } catch (error) {
    return report(error, command, io);
  }
}

function report(error: unknown, command: string, io: CommandIo): number {
  const isUsage = error instanceof Error && error.name === 'UsageError';
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(`foretype ${command}: ${message}\n`);
  if (io.env.FORETYPE_DEBUG && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  return isUsage ? 2 : 1;
}

/** The package's version, from beside the sources or one folder above the compiled ones. */
function readVersion(): string {
  for (const path of ['./package.json', '../package.json']) {
    try {
      const { version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
      return String(version);
    } catch {
      // The other place has it.
    }
  }
  return 'unknown';
}

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  isTerminal: process.stderr.isTTY === true,
});
