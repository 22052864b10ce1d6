/**
 * Which letter a letter is without its accents, and which letters a plain one may stand for: accents are optional unless typed.
 *
 * Latin and Greek letters by their canonical decomposition (Unicode), with the Latin ones that have a stroke and none; ё; the forms of alef, ya and ta
 * marbuta. Not й, which is a letter of its own.
 */
const RANGES = [
  [0xc0, 0x250],
  [0x370, 0x400],
  [0x1e00, 0x2000],
] as const;
const PAIRS = 'đd øo łl ħh ŧt ıi ðd ёе ѐе ѝи ґг أا إا آا ٱا ىي ئي یي ةه ؤو کك' as const;

const plainOf = new Map<number, number>();
const formsOf = new Map<number, number[]>();

function addForm(form: number, plain: number): void {
  if (form === plain) return;
  plainOf.set(form, plain);
  const forms = formsOf.get(plain);
  if (forms === undefined) formsOf.set(plain, [form]);
  else forms.push(form);
}

for (const pair of PAIRS.split(' ')) {
  const [form, plain] = [...pair];
  addForm(form!.codePointAt(0)!, plain!.codePointAt(0)!);
}
for (const [from, to] of RANGES) {
  for (let letter = from; letter < to; letter++) {
    const [plain, ...marks] = String.fromCodePoint(letter).normalize('NFD');
    const isLowerCase = String.fromCodePoint(letter).toLowerCase() === String.fromCodePoint(letter);
    if (marks.length > 0 && isLowerCase) addForm(letter, plain!.codePointAt(0)!);
  }
}

/** No letter below this has an accent. */
const FIRST_FORM = 0xc0;
const NO_FORMS: readonly number[] = [];

/** The letter without accents; itself when it has none. */
export function plainLetter(letter: number): number {
  return letter < FIRST_FORM ? letter : (plainOf.get(letter) ?? letter);
}

/** The letters that become this one without their accents, but for itself. */
export function accentedForms(letter: number): readonly number[] {
  return formsOf.get(letter) ?? NO_FORMS;
}

/** Whether a typed letter may stand for the one that is meant: it is the same, or the same without its accents. */
export function admitsLetter(typed: number, meant: number): boolean {
  return typed === meant || (meant >= FIRST_FORM && plainOf.get(meant) === typed);
}
