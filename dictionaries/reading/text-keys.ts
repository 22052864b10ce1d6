import type { JapaneseReader } from './japanese-reader.ts';
import { pinyinKeys } from './pinyin-keys.ts';
import { romajiKeys } from './romaji-keys.ts';
import type { TextKey } from './text-key.ts';

export type { TextKey, TextKeyKind } from './text-key.ts';

const HAN = /\p{Script=Han}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Whether a text has characters that text keys are made of: Han or kana. */
export function isRead(normalised: string): boolean {
  return HAN.test(normalised) || KANA.test(normalised);
}

/** Whether a text has kana, which only Japanese has in earnest. */
export function hasKana(normalised: string): boolean {
  return KANA.test(normalised);
}

/**
 * The ways of typing a text of Han or kana in Latin letters; none for other texts. Japanese (by language, or by its kana where the language
 * is not known) gets romaji, Chinese pinyin and its initials; Han of an unknown language gets both if there is a Japanese reader. Without a
 * reader, kanji stand for themselves in romaji keys.
 *
 * A text has keys from its start and from at most 3 later words. About 35 µs a text for pinyin, 35 to 90 µs for Japanese.
 */
export function textKeys(
  normalised: string,
  language: 'zh' | 'ja' | null,
  japanese: JapaneseReader | null,
): readonly TextKey[] {
  const kana = KANA.test(normalised);
  if (!kana && !HAN.test(normalised)) return [];
  const isJapanese = language === 'ja' || (language === null && kana);
  if (isJapanese) return romajiKeys(normalised, japanese);
  const keys = pinyinKeys(normalised);
  return language === null && japanese !== null
    ? [...keys, ...romajiKeys(normalised, japanese)]
    : keys;
}
