import type { CountedCompletion, MarketScore } from './counted-completion.ts';
import { SegmentError } from './errors.ts';

const MAX_CODE_POINTS = 128;

/** Throws SegmentError `bad-input` when an entry breaks the contract of CountedCompletion, without repeating its text; that each form comes once is not looked at here. */
export function checkCompletion(entry: CountedCompletion): void {
  const { normalised, score, aliases, markets } = entry;
  if (!(score >= 0 && score < Infinity)) {
    throw badInput(entry, `expected a finite score that is not negative, got ${score}`);
  }
  checkForm(entry, normalised);
  if (aliases !== undefined) for (const alias of aliases) checkForm(entry, alias);
  if (markets !== undefined) checkMarkets(entry, markets);
}

function checkForm(entry: CountedCompletion, form: string): void {
  if (form.length === 0 || form.length > 2 * MAX_CODE_POINTS) {
    throw badInput(entry, 'expected a normalised form, and aliases, of 1 to 128 code points');
  }
}

function checkMarkets(entry: CountedCompletion, markets: readonly MarketScore[]): void {
  const tags = new Set(markets.map(({ market }) => market));
  if (tags.size !== markets.length) {
    throw badInput(entry, `expected each market once, got ${markets.length - tags.size} again`);
  }
  for (const { market, score } of markets) {
    if (!(score >= 0 && score < Infinity)) {
      throw badInput(
        entry,
        `expected a finite score that is not negative in market ${market}, got ${score}`,
      );
    }
  }
}

function badInput(entry: CountedCompletion, message: string): SegmentError {
  return new SegmentError(
    'bad-input',
    `completion with a surface of ${entry.surface.length} characters: ${message}`,
  );
}
