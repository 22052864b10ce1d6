/** Numbers with separators that are not anybody's: dates, and addresses of machines. */
const DATES =
  /(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])([./ -])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)\d\d|(?:19|20)\d\d([./ -])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))(?!\d)/g;
const MACHINES =
  /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/g;

/** A separator within a number: one sign, spaces around it allowed. */
const SEPARATOR = '(?: ?[./-] ?| )';
const START = '(?<![\\d.,]|\\d[ /-])';
const END = '(?![\\d]|[.,]\\d)';

const PATTERNS: readonly RegExp[] = [
  // North America: 415-555-0123, (415) 555 0123, 1.415.555.0123; with spaces alone the last group must not look like a year.
  new RegExp(
    `(?<![\\d.,])(?:1${SEPARATOR})?(?:\\([1-9]\\d\\d\\) ?-? ?|[1-9]\\d\\d${SEPARATOR})\\d{3}(?:(?! ?[./-]) (?!19|20)|(?! \\d)${SEPARATOR})\\d{4}${END}`,
  ),
  // The same with one separator only: 415-5550123. Round numbers are amounts.
  new RegExp(`${START}[2-9]\\d\\d${SEPARATOR}(?!\\d0{6})[1-9]\\d{6}${END}`),
  // Russia with its trunk prefix 8, Spain and Belgium in pairs, Brazil's mobile numbers.
  new RegExp(
    `${START}8${SEPARATOR}[3-9]\\d\\d${SEPARATOR}\\d{3}${SEPARATOR}\\d\\d${SEPARATOR}\\d\\d${END}`,
  ),
  new RegExp(`${START}[6-9]\\d\\d([ .-])\\d\\d\\1\\d\\d\\1\\d\\d${END}`),
  new RegExp(`${START}[1-9]\\d ?9\\d{4}-\\d{4}${END}`),
  // China and India: mobile numbers in their usual groups.
  new RegExp(`${START}1[3-9]\\d${SEPARATOR}\\d{4}${SEPARATOR}\\d{4}${END}`),
  new RegExp(`${START}[6-9]\\d{4}${SEPARATOR}\\d{5}${END}`),
  // Three groups of three: Spain, Poland, Portugal, Czechia, and Australia without its zero. Round numbers are amounts.
  new RegExp(`${START}\\d{3}([ .-])(?!000)\\d{3}\\1(?!000)\\d{3}${END}`),
];

/** With the trunk prefix 0, any grouping that comes to a phone number's length. */
const TRUNK = new RegExp(
  `${START}\\(?0\\d{1,5}\\)?(?:${SEPARATOR}\\(?\\d{2,8}\\)?){1,5}${END}`,
  'g',
);
/** An area code in brackets. */
const BRACKETED = /\(\d{2,5}\) ?-? ?\d{2,5}(?:[ .-]?\d{2,5}){1,3}(?!\d)/g;
const INTERNATIONAL =
  /(?<![\p{N}+#]|(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}])\p{L}|\p{N} )(?:\+|00(?=[1-9]))[ (]{0,2}\d[\d ()./-]{5,24}\d/gu;
const SOCIAL_SECURITY =
  /(?<![\d.,]|\d[ -])(?!000|666|9\d\d)\d{3}([ -])(?!00)\d{2}\1(?!0000)(\d{4})(?!\d|[ -]\d)/g;

/** Whether a plain text holds a phone number: international, or national with at least nine digits in groups. */
export function holdsPhone(text: string): boolean {
  if (!/\d/.test(text)) return false;
  const numbers = text.replace(DATES, ' x ').replace(MACHINES, ' x ');
  return (
    PATTERNS.some((pattern) => pattern.test(numbers)) ||
    holdsDigits(numbers, INTERNATIONAL, 8, 17) ||
    holdsDigits(numbers, TRUNK, 9, 13) ||
    holdsDigits(numbers, BRACKETED, 9, 13)
  );
}

/** Whether a match of `pattern` has between `least` and `most` digits. */
function holdsDigits(text: string, pattern: RegExp, least: number, most: number): boolean {
  for (const [match] of text.matchAll(pattern)) {
    const count = match.replace(/\D/g, '').length;
    if (count >= least && count <= most) return true;
  }
  return false;
}

/** Whether a plain text holds a social security number in the form 123-45-6789. With spaces the last group must not look like a year. */
export function holdsSocialSecurityNumber(text: string): boolean {
  for (const match of text.matchAll(SOCIAL_SECURITY)) {
    if (match[1] === '-' || !/^(?:19|20)/.test(match[2] ?? '')) return true;
  }
  return false;
}
