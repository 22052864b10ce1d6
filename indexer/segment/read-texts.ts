import type { JapaneseReader } from '../../dictionaries/reading/japanese-reader.ts';
import { detectLanguage } from '../../dictionaries/reading/language.ts';
import { hasKana, isRead, textKeys } from '../../dictionaries/reading/text-keys.ts';
import type { ContainerBuilder } from './container.ts';
import type { CountedCompletion, MarketScore } from './counted-completion.ts';
import { writeTextKeys } from './text-keys-section.ts';

/**
 * Of texts in Han or kana whose market does not tell a language, this share must have kana for those without any to be read as
 * Japanese too: a stray のhere and there does not make a Chinese log Japanese.
 */
const LEAST_JAPANESE_SHARE = 1 / 20;

/** What a build knows of how its texts are read. */
export interface ReadingEvidence {
  /** Null where nothing Japanese is held; kanji then stand for themselves. */
  readonly japanese: JapaneseReader | null;
  /** Market of completions that name none, null for not known. */
  readonly market: string | null;
}

export const NO_EVIDENCE: ReadingEvidence = { japanese: null, market: null };

interface ReadText {
  readonly input: number;
  readonly text: string;
  /** The market that it is most searched in, `und` apart. */
  readonly market: string | null;
}

/** Collects the completions of Han or kana of a build and writes how they are typed in Latin letters. */
export class ReadTexts {
  private readonly texts: ReadText[] = [];
  private withKana = 0;

  /** Takes note of a completion that is not plain ASCII. */
  add(input: number, { normalised, markets }: CountedCompletion): void {
    if (!isRead(normalised)) return;
    if (hasKana(normalised)) this.withKana++;
    this.texts.push({ input, text: normalised, market: mostSearched(markets ?? []) });
  }

  /** Whether a text is Japanese, so that a reader is wanted; `market` is that of completions that name none. */
  hasJapanese(market: string | null): boolean {
    return this.texts.some((text) => languageOf(text.text, text.market ?? market) === 'ja');
  }

  /** Adds the sections `textkeys.*`, if there is anything to read. */
  write(builder: ContainerBuilder, inputToId: Uint32Array, evidence: ReadingEvidence): void {
    const { japanese, market } = evidence;
    const isMixed = this.withKana >= this.texts.length * LEAST_JAPANESE_SHARE;
    const texts = this.texts
      .map((text) => ({ ...text, id: inputToId[text.input]! }))
      .sort((a, b) => a.id - b.id);
    const keyed = function* () {
      for (const { id, text, market: own } of texts) {
        const language = languageOf(text, own ?? market) ?? (isMixed ? null : 'zh');
        yield { id, keys: textKeys(text, language, japanese) };
      }
    };
    writeTextKeys(builder, keyed());
  }
}

/** What a text of Han or kana is surely written in; null for Han that no market tells the language of. */
function languageOf(text: string, market: string | null): 'zh' | 'ja' | null {
  const language = detectLanguage(text, market);
  if (language === 'ja') return 'ja';
  return language === 'zh' && market !== null && /^zh\b/.test(market) ? 'zh' : null;
}

function mostSearched(markets: readonly MarketScore[]): string | null {
  let best: MarketScore | null = null;
  for (const item of markets) {
    if (item.market === 'und') continue;
    const isBetter =
      best === null ||
      item.score > best.score ||
      (item.score === best.score && item.market < best.market);
    if (isBetter) best = item;
  }
  return best?.market ?? null;
}
