/** Languages whose plurals these rules know; French keeps nouns in -s, -x and -z as they are. */
export type RomanceLanguage = 'es' | 'pt' | 'fr';

type Endings = readonly (readonly [plural: string, singular: string])[];

/** By language, the endings that a plural has for those of its singular; the first that fits counts. Accents are off. */
const ENDINGS: Readonly<Record<RomanceLanguage, Endings>> = {
  es: [
    ['ces', 'z'],
    ['iones', 'ion'],
    ['ores', 'or'],
    ['ades', 'ad'],
    ['ales', 'al'],
    ['eles', 'el'],
    ['oles', 'ol'],
    ['ines', 'in'],
    ['anes', 'an'],
    ['as', 'a'],
    ['es', 'e'],
    ['os', 'o'],
  ],
  pt: [
    ['oes', 'ao'],
    ['aes', 'ao'],
    ['ais', 'al'],
    ['eis', 'el'],
    ['ois', 'ol'],
    ['ores', 'or'],
    ['ens', 'em'],
    ['ns', 'm'],
    ['zes', 'z'],
    ['as', 'a'],
    ['es', 'e'],
    ['os', 'o'],
  ],
  fr: [
    ['eaux', 'eau'],
    ['aux', 'al'],
    ['eux', 'eu'],
    ['s', ''],
  ],
};

/** No plural, or none of these rules: French plus, jus, pas; Spanish and Portuguese words that end in -s. */
const OWN_WORDS = new Set(
  `mas menos dos tres seis gratis lunes martes jueves viernes crisis virus tras pues antes entonces lejos gafas lentes
  nos vos depois antes menos mais gas mes pais tenis lapis onibus
  plus pas jus sous dans sans mais trois temps corps fois mois pays bras dos cours prix choix voix deux vous nous
  lunettes vacances toilettes paris`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const WORD = /^[a-z]{4,}$/;

/** The singular of a word of four or more letters, accents off, if it has a plural's ending; otherwise the word. */
export function romanceNumberKey(word: string, language: RomanceLanguage): string {
  if (!WORD.test(word)) return word;
  for (const [plural, singular] of ENDINGS[language]) {
    if (word.endsWith(plural)) return word.slice(0, word.length - plural.length) + singular;
  }
  return word;
}

/** Whether `plural` is the plural of `singular` by these rules, accents off. */
export function isRomancePlural(
  singular: string,
  plural: string,
  language: RomanceLanguage,
): boolean {
  return (
    singular !== plural && singular.length > 2 && romanceNumberKey(plural, language) === singular
  );
}

/** Whether a word in -s has a meaning of its own, or is no plural at all. */
export function isOwnRomancePlural(plural: string): boolean {
  return OWN_WORDS.has(plural);
}
