import { type ParseArgsConfig, parseArgs } from 'node:util';
import { usageError } from './build-error.ts';

/** What a command writes to and learns of where it runs. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

type Options = NonNullable<ParseArgsConfig['options']>;

interface StrictConfig<Known extends Options> {
  readonly args: string[];
  readonly options: Known;
  readonly strict: true;
  readonly allowPositionals: true;
}

/** The values of a command's options by name, and its other arguments. */
export type CommandLine<Known extends Options> = ReturnType<typeof parseArgs<StrictConfig<Known>>>;

/** Parses a command's arguments strictly; an unknown or malformed option is an error of usage that shows `usage`. */
export function parseCommandLine<const Known extends Options>(
  args: readonly string[],
  usage: string,
  options: Known,
): CommandLine<Known> {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    throw usageError(`${(error as Error).message}\nusage: ${usage}`);
  }
}

/** The value of `--index`, which must be given. */
export function requireIndexDir(index: string | undefined, usage: string): string {
  if (index !== undefined && index !== '') return index;
  throw usageError(`expected --index DIR, got none\nusage: ${usage}`);
}
