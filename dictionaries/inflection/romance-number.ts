/** Languages whose plurals these rules know; French keeps nouns in -s, -x and -z as they are. */
export type RomanceLanguage = 'es' | 'pt' | 'fr';

/** French endings, the plural's and the singular's; the first that fits counts. Accents are off. */
const FRENCH: readonly (readonly [plural: string, singular: string])[] = [
  ['eaux', 'eau'],
  ['aux', 'al'],
  ['eux', 'eu'],
  ['s', ''],
];

/** No plural, or none of these rules: French plus, jus, pas; Spanish and Portuguese words that end in -s. */
const OWN_WORDS = new Set(
  `mas menos dos tres seis gratis lunes martes jueves viernes crisis virus tras pues antes entonces lejos gafas lentes
  nos vos depois antes menos mais gas mes pais tenis lapis onibus
  plus pas jus sous dans sans mais trois temps corps fois mois pays bras dos cours prix choix voix deux vous nous
  lunettes vacances toilettes paris`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const WORD = /^[a-z]{3,}$/;
const VOWEL = /[aeiou]$/;

/**
 * A key that the singular and the plural of a word of three or more letters share, accents off. Other words may share it, too:
 * `isRomancePlural` decides.
 */
export function romanceNumberKey(word: string, language: RomanceLanguage): string {
  if (!WORD.test(word)) return word;
  if (language === 'es') return spanishKey(word);
  return language === 'pt' ? portugueseKey(word) : frenchKey(word);
}

/** Whether `plural` is the plural of `singular` by these rules, accents off. */
export function isRomancePlural(
  singular: string,
  plural: string,
  language: RomanceLanguage,
): boolean {
  if (singular === plural || !WORD.test(singular) || !WORD.test(plural)) return false;
  if (language === 'es') return isSpanishPlural(singular, plural);
  return language === 'pt'
    ? isPortuguesePlural(singular, plural)
    : plural.length > 3 && frenchKey(plural) === singular;
}

/** Whether a word in -s has a meaning of its own, or is no plural at all. */
export function isOwnRomancePlural(plural: string): boolean {
  return OWN_WORDS.has(plural);
}

/** Hoteles is that of hotel, muebles that of mueble: the e goes with the s, and luz goes with luces. */
function spanishKey(word: string): string {
  return word.replace(/[es]+$/, '').replace(/z$/, 'c') || word;
}

function isSpanishPlural(singular: string, plural: string): boolean {
  if (VOWEL.test(singular)) {
    // Of tabú there are tabús and tabúes.
    return plural === `${singular}s` || (/[iu]$/.test(singular) && plural === `${singular}es`);
  }
  if (singular.endsWith('z')) return plural === `${singular.slice(0, -1)}ces`;
  return plural === `${singular}es`;
}

function portugueseKey(word: string): string {
  const stem = word
    .replace(/s$/, '')
    .replace(/(?:ao|oe|ae)$/, '')
    .replace(/e$/, '')
    .replace(/m$/, 'n');
  // Fácil and fáceis, azul and azuis, taxi and taxis.
  return stem.replace(/i?l$/, 'i').replace(/[aeou]?i$/, '') || word;
}

function isPortuguesePlural(singular: string, plural: string): boolean {
  const stem = singular.slice(0, -1);
  if (singular.endsWith('ao')) {
    const root = singular.slice(0, -2);
    return ['oes', 'aes', 'aos'].some((ending) => plural === root + ending);
  }
  if (VOWEL.test(singular)) return plural === `${singular}s`;
  if (singular.endsWith('il')) return plural === `${stem}s` || plural === `${stem.slice(0, -1)}eis`;
  if (singular.endsWith('l')) return plural === `${stem}is`;
  if (singular.endsWith('m')) return plural === `${stem}ns`;
  return /[rzsn]$/.test(singular) && plural === `${singular}es`;
}

function frenchKey(word: string): string {
  if (word.length < 4) return word;
  for (const [plural, singular] of FRENCH) {
    if (word.endsWith(plural)) return word.slice(0, word.length - plural.length) + singular;
  }
  return word;
}
