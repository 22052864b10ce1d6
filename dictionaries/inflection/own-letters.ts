/**
 * Letters that look accented and are letters of their own in the alphabet of a language: who typed one meant it. Vietnamese, where
 * marks tell most words apart, and languages whose marks only guide the voice, are not here.
 */
const OWN_LETTERS: Readonly<Record<string, RegExp>> = {
  es: /ñ/,
  gl: /ñ/,
  de: /[äöü]/,
  sv: /[åäö]/,
  fi: /[åäö]/,
  da: /[æøå]/,
  nb: /[æøå]/,
  no: /[æøå]/,
  tr: /[çğöşü]/,
  pl: /[ąćęłńóśźż]/,
  hu: /[áéíóöőúüű]/,
};

/** Whether a word has a letter that only looks like another one with a mark: moño is not mono. */
export function hasOwnLetter(word: string, language: string): boolean {
  return OWN_LETTERS[language]?.test(word.normalize('NFC')) ?? false;
}

/** Words that ё alone tells from another one. */
const TOLD_BY_YO = new Set('все небо мел осел падеж лен берет чем совершенный'.split(' '));

/** Whether two words are the same Russian word, written with and without the dots of ё, which are left to the writer. */
export function isSameButYo(a: string, b: string): boolean {
  const plain = withoutYo(a);
  return a !== b && plain === withoutYo(b) && !TOLD_BY_YO.has(plain);
}

function withoutYo(word: string): string {
  return word.normalize('NFC').replaceAll('ё', 'е');
}
