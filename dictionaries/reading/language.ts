import {
  ARABIC,
  ASCII_LETTER,
  CYRILLIC,
  DEVANAGARI,
  DIGIT,
  GREEK,
  HAN,
  HANGUL,
  HEBREW,
  KANA,
  LATIN,
  OTHER,
  scriptOf,
  THAI,
} from './letters.ts';

// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

const WRITTEN_LATIN = ASCII_LETTER | LATIN;

/** The scripts that the languages are written in, other than Latin ones. */
const SCRIPTS: Readonly<Record<string, number>> = {
  ko: HANGUL | HAN,
  ja: KANA | HAN,
  zh: HAN,
  yue: HAN,
  th: THAI,
  ar: ARABIC,
  fa: ARABIC,
  ur: ARABIC,
  ps: ARABIC,
  ckb: ARABIC,
  hi: DEVANAGARI,
  mr: DEVANAGARI,
  ne: DEVANAGARI,
  sa: DEVANAGARI,
  ru: CYRILLIC,
  uk: CYRILLIC,
  be: CYRILLIC,
  bg: CYRILLIC,
  mk: CYRILLIC,
  sr: CYRILLIC | WRITTEN_LATIN,
  kk: CYRILLIC,
  ky: CYRILLIC,
  mn: CYRILLIC,
  tg: CYRILLIC,
  uz: CYRILLIC | WRITTEN_LATIN,
  az: WRITTEN_LATIN,
  el: GREEK,
  he: HEBREW,
  iw: HEBREW,
  yi: HEBREW,
};

/** Languages of scripts that have no flag here: what is written in them can't be told from their letters. */
const UNKNOWN_SCRIPT = /^(?:bn|ta|te|kn|ml|gu|pa|or|si|km|lo|my|ka|hy|am|ti|bo|dv)$/;

/** Letters that, within a script, only one widely written language has. In this order. */
const TELLING: readonly {
  readonly script: number;
  readonly letters: RegExp;
  readonly language: string;
}[] = [
  { script: ARABIC, letters: /[ٹڈڑںےۓہھۂ]/, language: 'ur' },
  { script: ARABIC, letters: /[پچژگکیۀ]/, language: 'fa' },
  { script: CYRILLIC, letters: /[әғқңұһ]/, language: 'kk' },
  { script: CYRILLIC, letters: /ў/, language: 'be' },
  { script: CYRILLIC, letters: /[іїєґ]/, language: 'uk' },
  { script: CYRILLIC, letters: /[ѓќѕ]/, language: 'mk' },
  { script: CYRILLIC, letters: /[ђјљњћџ]/, language: 'sr' },
  { script: CYRILLIC, letters: /ъ(?![еёюя])/, language: 'bg' },
  { script: LATIN, letters: /[ơưăđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/, language: 'vi' },
  { script: LATIN, letters: /[ąćęłńśźż]/, language: 'pl' },
  { script: LATIN, letters: /[ğş]/, language: 'tr' },
  { script: LATIN, letters: /[ěřů]/, language: 'cs' },
  { script: LATIN, letters: /[ľĺŕ]/, language: 'sk' },
  { script: LATIN, letters: /[őű]/, language: 'hu' },
  { script: LATIN, letters: /[țș]/, language: 'ro' },
  { script: LATIN, letters: /[ðþ]/, language: 'is' },
  { script: LATIN, letters: /[æø]/, language: 'da' },
  { script: LATIN, letters: /å/, language: 'sv' },
  { script: LATIN, letters: /ß/, language: 'de' },
  { script: LATIN, letters: /ñ/, language: 'es' },
  { script: LATIN, letters: /[ãõ]/, language: 'pt' },
  { script: LATIN, letters: /[œêèùûîëï]/, language: 'fr' },
];

/** What a script says by itself; kana and Hangul before the Han characters that stand beside them. */
const BY_SCRIPT: readonly (readonly [number, string])[] = [
  [HANGUL, 'ko'],
  [KANA, 'ja'],
  [HAN, 'zh'],
  [THAI, 'th'],
  [ARABIC, 'ar'],
  [DEVANAGARI, 'hi'],
  [CYRILLIC, 'ru'],
  [GREEK, 'el'],
  [HEBREW, 'he'],
];

/**
 * The language that a text is most likely in, as a primary subtag of BCP 47: the market's, when the text is in a script that this
 * language is written in; else what its script and letters tell; null for Latin letters that tell nothing, digits and signs. Names of brands are Latin in
 * every language: of a text in Latin letters and others, the others tell. Of several others the one with most letters
 * does, kana and Hangul before Han. Linear in the text.
 */
export function detectLanguage(text: string, market: string | null): string | null {
  const declared = languageOf(market);
  // Most texts are of ASCII, in a language of theirs.
  if (declared !== null && (scriptsOf(declared) & WRITTEN_LATIN) !== 0) {
    if (countAsciiLetters(text) > 0) return declared;
  }
  const counts = countLetters(text);
  const other = mainScript(counts);
  const script = other === 0 ? WRITTEN_LATIN : other;
  if (declared !== null) {
    const written = scriptsOf(declared);
    if ((written & script) !== 0 && (other !== 0 || counts.has(WRITTEN_LATIN))) return declared;
    const mostlyLatin = (counts.get(WRITTEN_LATIN) ?? 0) > (counts.get(other) ?? 0);
    if (mostlyLatin && (written & WRITTEN_LATIN) !== 0) return declared;
  }
  for (const telling of TELLING) {
    const same = telling.script === LATIN ? WRITTEN_LATIN : telling.script;
    if (same === script && telling.letters.test(text)) return telling.language;
  }
  for (const [flag, language] of BY_SCRIPT) if ((script & flag) !== 0) return language;
  return null;
}

/** The scripts of a language: Latin for those that aren't listed, none where nothing is known. */
function scriptsOf(language: string): number {
  return SCRIPTS[language] ?? (UNKNOWN_SCRIPT.test(language) ? 0 : WRITTEN_LATIN);
}

/** The market that was asked for last, which is mostly asked for again, and its language. */
let asked: { readonly market: string | null; readonly language: string | null } = {
  market: null,
  language: null,
};

/** The primary subtag of a market; null of none, and of tags that name no language. */
function languageOf(market: string | null): string | null {
  if (market !== asked.market) asked = { market, language: readLanguage(market) };
  return asked.language;
}

function readLanguage(market: string | null): string | null {
  const language = market === null ? '' : (market.split('-', 1)[0] ?? '').toLowerCase();
  return /^[a-z]{2,3}$/.test(language) && language !== 'und' && language !== 'mul'
    ? language
    : null;
}

/** How many letters a text has of each script, Latin being one. */
function countLetters(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  const plain = countAsciiLetters(text);
  if (plain > 0) counts.set(WRITTEN_LATIN, plain);
  if (plain >= 0) return counts;
  for (const character of text.toLowerCase()) {
    const point = character.codePointAt(0)!;
    const script = point < 0x80 ? asciiScript(point) : letterScript(point);
    if (script !== 0) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  return counts;
}

/** -1 where there is anything beside ASCII. */
function countAsciiLetters(text: string): number {
  let count = 0;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const code = charCodeAt.call(text, at);
    if (code > 0x7f) return -1;
    if (asciiScript(code | 0x20) !== 0) count++;
  }
  return count;
}

/** The script other than Latin that most letters are of, 0 when there is none. */
function mainScript(counts: ReadonlyMap<number, number>): number {
  let main = 0;
  let most = 0;
  for (const [script, count] of counts) {
    if (script !== WRITTEN_LATIN && count > most) {
      main = script;
      most = count;
    }
  }
  if (main === HAN && counts.has(KANA)) return KANA;
  if (main === HAN && counts.has(HANGUL)) return HANGUL;
  return main;
}

function asciiScript(point: number): number {
  return point >= 0x61 && point <= 0x7a ? WRITTEN_LATIN : 0;
}

function letterScript(point: number): number {
  const script = scriptOf(point);
  if (script === LATIN) return WRITTEN_LATIN;
  return script === OTHER || script === DIGIT ? 0 : script;
}
