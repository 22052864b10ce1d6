import { defaultStopWords } from '../../dictionaries/lexicon/default-stop-words.ts';
import { normalise } from '../../dictionaries/normalise.ts';

/** The list of stop words that everybody shares is too wide for English: it has bill, home, system, TV and world. */
const ENGLISH = new Set(
  (
    'a about above after again all also am an and another any are as at be because been before being below between both but by ' +
    'came can cannot cant could did didnt do does doesnt doing dont during each few for from further get gets got had has have having ' +
    'he her here hers him his how i if ill im in into is isnt it its ive just let lets like me might more most much must my no not ' +
    'now of off on once only or other our out over own same she should so some still such than that thats the their them then ' +
    'there these they this those through to too under until up us very was we were what when where which while who whom why ' +
    'will with would you your youre yours s t d m ll re ve'
  ).split(' '),
);

/** The languages whose words are told apart from others by their function words; the lists of the rest are too short or too wide. */
const LANGUAGES =
  'ar bg ca cs da de el en es fa fi fr he hi hr hu id it ja ko lt lv mr ms nl no pl pt ro ru sk sl sv th tl tr uk ur vi zh bn gu'.split(
    ' ',
  );

/** Scripts that one language of those above is written in; of Kana and Han, Kana decides. */
const SCRIPT_LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Gujarati}/gu, 'gu'],
  [/\p{Script=Han}/gu, 'zh'],
];
/** A script decides when this share of the characters is of it: names and hashtags in another one do not. */
const SCRIPT_SHARE = 0.2;
/** What it is worth that a market speaks a language: three of its function words. */
const EXPECTED_WEIGHT = 3;
/** A word or two that several languages have tell nothing. */
const LEAST_WEIGHT = 1;
const MOST_WORDS = 200;

const HIRAGANA_PARTICLE = /^\p{Script=Hiragana}{1,2}$/u;

let languagesByWord: Map<string, string[]> | undefined;

/** Whether a normalised word of one of these languages only holds others together: an article, a pronoun, a particle. */
export function isFunctionWord(word: string, languages: readonly string[]): boolean {
  return languages.some((language) => isFunctionWordOf(word, language));
}

function isFunctionWordOf(word: string, language: string): boolean {
  if (language === 'en') return ENGLISH.has(word);
  if (language === 'ja' && HIRAGANA_PARTICLE.test(word)) return true;
  return defaultStopWords(language).has(word);
}

/**
 * The language of a text (ISO 639-1) by its script and its function words; `expected` wins where they do not tell. Undefined when nothing does. One
 * look-up a word, 200 words at most.
 */
export function detectLanguage(text: string, expected: string | undefined): string | undefined {
  const byScript = languageOfScript(text);
  if (byScript !== undefined) return byScript;
  languagesByWord ??= indexLanguages();
  const weights = new Map<string, number>();
  if (expected !== undefined) weights.set(expected, EXPECTED_WEIGHT);
  for (const word of normalise(text).split(' ', MOST_WORDS)) {
    const languages = languagesByWord.get(word);
    if (languages === undefined) continue;
    // A word of many languages says little of each.
    for (const language of languages) {
      weights.set(language, (weights.get(language) ?? 0) + 1 / languages.length);
    }
  }
  let best: string | undefined;
  let most = 0;
  for (const [language, weight] of weights) {
    if (weight > most || (weight === most && language < (best ?? ''))) {
      best = language;
      most = weight;
    }
  }
  return most < LEAST_WEIGHT ? undefined : best;
}

/** What lies before the first of the scripts above, Greek, in Unicode: Latin and its marks, digits, signs. */
const BEFORE_SCRIPTS = /^[\0-\u036f]*$/;

function languageOfScript(text: string): string | undefined {
  if (BEFORE_SCRIPTS.test(text)) return undefined;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  for (const [script, language] of SCRIPT_LANGUAGES) {
    const count = text.match(script)?.length ?? 0;
    if (count > 0 && count >= letters * SCRIPT_SHARE) return language;
  }
  return undefined;
}

function indexLanguages(): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const language of LANGUAGES) {
    for (const word of language === 'en' ? ENGLISH : defaultStopWords(language)) {
      const languages = index.get(word);
      if (languages === undefined) index.set(word, [language]);
      else languages.push(language);
    }
  }
  return index;
}
