import NounInflector from 'natural/lib/natural/inflectors/noun_inflector.js';

/** Plural to singular of the nouns that no rule gives: children, mice, knives. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ...Object.entries(new NounInflector().singularForms.irregularForms),
  ['women', 'woman'],
  ['firemen', 'fireman'],
  ['policemen', 'policeman'],
  ['gentlemen', 'gentleman'],
  ['grandchildren', 'grandchild'],
  ['housewives', 'housewife'],
  ['midwives', 'midwife'],
  ['bookshelves', 'bookshelf'],
  ['scarves', 'scarf'],
  ['elves', 'elf'],
  ['criteria', 'criterion'],
  ['phenomena', 'phenomenon'],
  ['quizzes', 'quiz'],
]);

/** Pairs of natural's that are two words rather than one in two numbers. */
const NOT_A_PAIR = new Set(['clothes', 'sexes']);

/**
 * Forms in -s that are no plural of what is left without it, or mean something of their own: subjects and diseases, names, words
 * that exist in this number only. They meet their shorter form only where usage says so.
 */
const OWN_WORDS = new Set(
  `glasses spectacles goods customs arms pants jeans shorts tights scissors news means clothes works spirits contents
  damages looks manners brains colours colors minutes papers quarters forces grounds lines waters woods remains thanks
  savings earnings headquarters series species lens gas bus plus yes this his was has its us is as
  physics economics politics athletics mathematics maths statistics electronics ethics genetics graphics gymnastics mechanics
  comics classics basics topics tropics optics robotics linguistics
  windows words apples amazons blues greens reds browns whites blacks
  james charles jones williams davis adams andrews roberts edwards richards peters stevens rogers phillips johns
  marks wells banks rivers brooks fields hills stones rhodes parks nichols daniels michaels simons harris lewis
  paris texas dallas athens wales brussels naples philippines bahamas vegas angeles arkansas kansas illinois
  simpsons jets giants bulls eagles cardinals saints rangers yankees dodgers cowboys packers lakers kings
  hers ours theirs yours whats thats lets`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const SIBILANT = /(?:s|x|z|ch|sh)$/;
const SIBILANT_PLURAL = /(?:s|x|z|ch|sh)es$/;
const VOWEL_Y = /[aeiou]y$/;
/** Endings in -s that no English plural has. */
const NO_PLURAL = /(?:ss|us|is|as)$/;
const WORD = /^[a-z]{3,}$/;

/**
 * A key that an English noun's singular and plural share: shoe and shoes, city and cities, house and houses, man and men. Other words
 * may share it too: `isEnglishPlural` decides. A word with other characters than the letters a to z is its own key.
 */
export function englishNumberKey(word: string): string {
  if (!WORD.test(word)) return word;
  return dropSilentE(singularOf(word));
}

/** Whether `plural` is the plural of `singular` by the rules of English spelling; whether both are nouns is not known. */
export function isEnglishPlural(singular: string, plural: string): boolean {
  if (!WORD.test(singular) || !WORD.test(plural)) return false;
  const irregular = IRREGULAR.get(plural);
  if (irregular !== undefined && !NOT_A_PAIR.has(plural)) {
    if (irregular === singular) return true;
  }
  if (NO_PLURAL.test(plural)) return false;
  if (SIBILANT.test(singular)) return plural === `${singular}es`;
  if (singular.endsWith('y') && !VOWEL_Y.test(singular)) {
    return plural === `${singular.slice(0, -1)}ies` || plural === `${singular}s`;
  }
  if (plural === `${singular}s`) return true;
  return singular.endsWith('o') && plural === `${singular}es`;
}

/** The singulars and plurals of a noun that no rule gives. */
export function irregularForms(word: string): readonly string[] {
  const forms: string[] = [];
  for (const [plural, singular] of IRREGULAR) {
    if (plural === word) forms.push(singular);
    if (singular === word) forms.push(plural);
  }
  return forms;
}

/** Whether a form in the plural may mean something of its own, so that only usage can say that it is the same word. */
export function isOwnEnglishPlural(plural: string): boolean {
  return OWN_WORDS.has(plural) || NOT_A_PAIR.has(plural);
}

function singularOf(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (!word.endsWith('s') || NO_PLURAL.test(word)) return word;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (SIBILANT_PLURAL.test(word) || word.endsWith('oes')) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** Of houses it cannot be told whether it is that of hous or house: both lose their e. So do shoe and hero. */
function dropSilentE(singular: string): string {
  if (/(?:s|x|z|ch|sh|o|i)e$/.test(singular)) {
    return singular.endsWith('ie') ? `${singular.slice(0, -2)}y` : singular.slice(0, -1);
  }
  return singular;
}
