import { sectionMarket } from './lexicon-lines.ts';
import { EVERY_MARKET } from './lexicon-rules.ts';

/** A lexicon file as options name it. */
export interface LexiconFileName {
  readonly file: string;
  /** Canonical market of what stands above the file's first section line. */
  readonly market: string;
}

/**
 * Takes `[MARKET=]FILE` apart; `null` when the market is malformed or the file is missing. What holds a slash or a dot before the first
 * `=` is a path, not a market: `./a=b.txt`.
 */
export function parseLexiconFileName(text: string): LexiconFileName | null {
  const at = text.indexOf('=');
  const tag = text.slice(0, Math.max(0, at));
  if (at < 0 || /[./\\]/.test(tag)) {
    return text === '' ? null : { file: text, market: EVERY_MARKET };
  }
  const market = sectionMarket(tag);
  const file = text.slice(at + 1);
  return market === null || file === '' ? null : { file, market };
}
