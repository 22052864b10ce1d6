import { LexiconSet } from '../dictionaries/lexicon/lexicon-set.ts';

/** How typing errors are corrected. */
export interface CorrectionSettings {
  readonly enabled: boolean;
  /**
   * How many times likelier than a direct match a correction must be to stand before it; at least 1. Over an index made with `--group
   * none` corrections fill free slots only, whatever the ratio.
   */
  readonly ratio: number;
  /** Whether words that sound alike are taken for one another, in the languages where that means something. */
  readonly phonetics: boolean;
}

/** What an engine does beyond looking up what was typed. */
export interface EngineSettings {
  /** Canonical tag for requests that name no market, before the one given to `index`; null for none. */
  readonly defaultMarket: string | null;
  readonly corrections: CorrectionSettings;
  /** Whether other scripts and ways of writing lead to a completion: romanisation, half-typed syllables, accents left out. */
  readonly inputMethods: boolean;
  /** Synonyms and stop words in force now, beside those in the snapshot. */
  readonly lexicon: () => LexiconSet;
}

export const DEFAULT_ENGINE_SETTINGS: EngineSettings = {
  defaultMarket: null,
  corrections: { enabled: true, ratio: 64, phonetics: true },
  inputMethods: true,
  lexicon: () => LexiconSet.EMPTY,
};
