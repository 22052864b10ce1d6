import { type ParseArgsConfig, parseArgs } from 'node:util';
import { canonicalMarket } from '../../dictionaries/market-tag.ts';

/** A command was called with arguments that it does not take; the process ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `parseArgs` of Node, with its complaints as usage errors. */
export function parseArguments<T extends ParseArgsConfig>(
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** The canonical tag of `--market`, `null` when it was not given. */
export function parseMarketOption(value: string | undefined): string | null {
  if (value === undefined) return null;
  const market = canonicalMarket(value);
  if (market === null) {
    throw new UsageError(`--market: expected a BCP 47 tag such as en-US, got '${value}'`);
  }
  return market;
}

/** A whole number within bounds, both included; `preset` when the option was not given. */
export function parseNumberOption(
  name: string,
  value: string | undefined,
  [least, most]: readonly [number, number],
  preset: number,
): number {
  if (value === undefined) return preset;
  const number = /^(0|[1-9]\d{0,9})$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new UsageError(
      `--${name}: expected a whole number from ${least} to ${most}, got '${value}'`,
    );
  }
  return number;
}
