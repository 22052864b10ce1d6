import { createRequire } from 'node:module';

const OPTIONS = { toneType: 'none', type: 'array', v: true } as const;

/** Readings of a character that are kept: the further ones are of names and old books. */
const MOST_READINGS = 3;

/** The syllables of pinyin without tones, ü as v: behind each initial (none first) the finals it takes. */
const SYLLABLES: ReadonlySet<string> = new Set(
  `:a ai an ang ao e ei en eng er o ou
b:a ai an ang ao ei en eng i ian iao ie in ing o u
p:a ai an ang ao ei en eng i ian iao ie in ing o ou u
m:a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
f:a an ang ei en eng o ou u
d:a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo
t:a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo
n:a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve
l:a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve
g:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
k:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
h:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j:i ia ian iang iao ie in ing iong iu u uan ue un
q:i ia ian iang iao ie in ing iong iu u uan ue un
x:i ia ian iang iao ie in ing iong iu u uan ue un
zh:a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
ch:a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
sh:a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
r:an ang ao e en eng i ong ou u ua uan ui un uo
z:a ai an ang ao e ei en eng i ong ou u uan ui un uo
c:a ai an ang ao e en eng i ong ou u uan ui un uo
s:a ai an ang ao e en eng i ong ou u uan ui un uo
y:a an ang ao e i in ing o ong ou u uan ue un
w:a ai an ang ei en eng o u`
    .split('\n')
    .flatMap((row) => {
      const [initial = '', finals = ''] = row.split(':');
      return finals.split(' ').map((final) => initial + final);
    }),
);

const BEGINNINGS: ReadonlySet<string> = new Set(
  [...SYLLABLES].flatMap((syllable) => Array.from(syllable, (_, at) => syllable.slice(0, at + 1))),
);

/** Letters in the longest syllable (zhuang). */
export const LONGEST_SYLLABLE = 6;

const HAN = /\p{Script=Han}/u;
let loaded: typeof import('pinyin-pro') | undefined;
const readings = new Map<string, readonly string[]>();

/** Whether letters are one whole syllable of pinyin: `xian`, `lv`. */
export function isSyllable(letters: string): boolean {
  return SYLLABLES.has(letters);
}

/** Whether letters begin a syllable of pinyin: `x`, `zh`, `xia`. */
export function beginsSyllable(letters: string): boolean {
  return BEGINNINGS.has(letters);
}

/** Whether a character is written in pinyin when it is read: Han only. */
export function isHan(character: string): boolean {
  return HAN.test(character);
}

/**
 * How a run of Han characters is read, a syllable a character, without tones, ü as v; a character that is not known stands for itself. The
 * phrase decides between readings (银行 yinhang). About 1 µs a character. Source: pinyin-pro's dictionary.
 */
export function readHan(run: string): readonly string[] {
  const characters = Array.from(run);
  const syllables = loadPinyin()(run, OPTIONS);
  return syllables.length === characters.length
    ? syllables
    : characters.map((character) => readingsOf(character)[0] ?? character);
}

/** The readings of one Han character without tones, the most common first, at most 3; none for one that is not known. Kept once read. */
export function readingsOf(character: string): readonly string[] {
  let known = readings.get(character);
  if (known === undefined) {
    const found = loadPinyin()(character, { ...OPTIONS, multiple: true });
    known = [...new Set(found)]
      .filter((reading) => /^[a-z]+$/.test(reading))
      .slice(0, MOST_READINGS);
    readings.set(character, known);
  }
  return known;
}

/**
 * Letters as keys of pinyin have them: marks of tones off, ü as v, and v as u where pinyin writes it so (`lǜ` becomes lv, `jv` ju). Length
 * may change. Lower-case letters expected.
 */
export function pinyinLetters(typed: string): string {
  const letters = /^[a-z0-9 ]*$/.test(typed) ? typed : dropMarks(typed);
  return letters.replace(/([jqxy])v/g, '$1u');
}

/** Letters with l and n before u or yu read as lü and nü, as they are typed by who has no ü: `luse` becomes lvse, `lyu` lv. */
export function withUmlauts(letters: string): string {
  return letters.replace(/([ln])y?u(?=[^aino]|$)/g, '$1v');
}

function dropMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/u([\u0300\u0301\u0304\u030c]*)\u0308/g, 'v$1')
    .replace(/(?<=[a-z])[\u0300-\u036f]+/g, '')
    .normalize('NFC');
}

/** The dictionary is loaded when the first Han is read (0.1 s, 30 MB), so that programs that meet none don't pay. */
function loadPinyin(): typeof import('pinyin-pro')['pinyin'] {
  loaded ??= createRequire(import.meta.url)('pinyin-pro') as typeof import('pinyin-pro');
  return loaded.pinyin;
}
