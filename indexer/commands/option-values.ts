import {
  type LexiconFileName,
  parseLexiconFileName,
} from '../../dictionaries/lexicon/lexicon-file-name.ts';
import { canonicalMarket } from '../../dictionaries/market-tag.ts';
import { usageError } from '../build-error.ts';

/** What an option's number may be; ends included. */
export interface NumberBounds {
  readonly least: number;
  readonly most?: number;
  readonly isWhole?: boolean;
  /** What holds when the option is not given. */
  readonly preset: number;
}

/** The number that an option was given, or what holds when it was not; an error of usage for anything else. */
export function parseNumber(
  option: string,
  text: string | undefined,
  bounds: NumberBounds,
): number {
  if (text === undefined) return bounds.preset;
  const { least, most = 1e9, isWhole = false } = bounds;
  const form = isWhole ? /^\d+$/ : /^\d+(?:\.\d+)?$/;
  const value = form.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    const kind = isWhole ? 'a whole number' : 'a number';
    throw usageError(
      `${option}: expected ${kind} from ${least} to ${most}, got ${JSON.stringify(text)}`,
    );
  }
  return value;
}

/** The same for whole numbers from 1 on. */
export function parseWhole(option: string, text: string | undefined, preset: number): number {
  return parseNumber(option, text, { least: 1, isWhole: true, preset });
}

/** The files of an option, each for a market or for all. */
export function parseFileNames(option: string, values: readonly string[] = []): LexiconFileName[] {
  return values.map((value) => {
    const name = parseLexiconFileName(value);
    if (name !== null) return name;
    throw usageError(`${option}: expected [MARKET=]FILE, got ${JSON.stringify(value)}`);
  });
}

/** The canonical tag of `--market`; undefined when it was not given. */
export function parseMarket(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const market = canonicalMarket(text);
  if (market === null) {
    throw usageError(`--market: expected a BCP 47 tag such as en-US, got ${JSON.stringify(text)}`);
  }
  return market;
}
