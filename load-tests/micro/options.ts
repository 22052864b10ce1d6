import { parseArgs } from 'node:util';

const COMMANDS = ['suite', 'pipeline', 'corrections', 'index-growth'] as const;
export type BenchCommand = (typeof COMMANDS)[number];

/** What the command line asks for. */
export interface BenchOptions {
  readonly command: BenchCommand;
  readonly quick: boolean;
  readonly tenMillion: boolean;
  /** Where the results go as JSON, too. */
  readonly json: string | null;
  /** Stores this run's ratios as the baseline of its set. */
  readonly writeBaseline: boolean;
  /** Leaves FlexSearch and MiniSearch out. */
  readonly ours: boolean;
  readonly seed: number;
  readonly logRows: number;
}

export const USAGE = `usage: npm run bench -- [--quick] [--ten-million] [--ours] [--seed N] [--json FILE] [--write-baseline]
       npm run bench -- pipeline [--log-rows N] [--seed N] [--json FILE]
       npm run bench -- corrections [--quick] [--seed N] [--json FILE]
       npm run bench -- index-growth [--quick] [--seed N] [--json FILE]
       npm run bench -- typing | spelling, with options of their own
  --quick           200,000 simulated texts, no network: about a minute; else a million npm package names
  --ten-million     growth up to ten million simulated texts, too
  --ours            without FlexSearch and MiniSearch
  pipeline          raw log to published snapshot on a simulated log of about N rows (10,000,000)
  corrections       time of a suggestion typed with errors and clean, with corrections on and off
  index-growth      bytes a completion of what the first format did not have, by script`;

/** A wrong command line; the message says what was expected. */
export class BenchUsageError extends Error {
  readonly code = 'bench-usage';
}

/** @throws BenchUsageError */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        'ten-million': { type: 'boolean', default: false },
        ours: { type: 'boolean', default: false },
        'write-baseline': { type: 'boolean', default: false },
        json: { type: 'string' },
        seed: { type: 'string', default: '1' },
        'log-rows': { type: 'string', default: '10000000' },
      },
    });
    const [name = 'suite', ...rest] = positionals;
    const command = COMMANDS.find((known) => known === name);
    if (command === undefined || rest.length > 0) {
      throw new Error(
        `expected no command or one of ${COMMANDS.join(', ')}, got '${positionals.join(' ')}'`,
      );
    }
    return {
      command,
      quick: values.quick,
      tenMillion: values['ten-million'],
      json: values.json ?? null,
      writeBaseline: values['write-baseline'],
      ours: values.ours,
      seed: wholeNumber('seed', values.seed),
      logRows: wholeNumber('log-rows', values['log-rows']),
    };
  } catch (error) {
    throw new BenchUsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,12}$/.test(text))
    throw new Error(`--${name}: expected a whole number, got '${text}'`);
  return Number(text);
}
