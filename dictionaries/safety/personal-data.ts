import { holdsCard, holdsIban, holdsLongNumber } from './account-number.ts';
import { holdsCredentials } from './credentials.ts';
import { holdsEmail } from './email-address.ts';
import { holdsPhone, holdsSocialSecurityNumber } from './phone-number.ts';
import { hashOf, holdsNumerals, mayBeNumberWord, respellDigits } from './spelled-digits.ts';

// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

/** What kind of personal data a text holds. */
export type PersonalDataKind =
  | 'email'
  | 'credentials'
  | 'iban'
  | 'card'
  | 'social-security'
  | 'phone'
  | 'long-number';

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\u0000-\u0008\u000e-\u001f]/gu;

/** Written-out addresses and known key formats have neither many digits nor a telling sign. */
const HINTS = /%40|\bat\b|[([{<_-] ?(?:at|ät|arroba)|\barroba\b|AKIA|eyJ|gh[oprsu]_|sk[-_]|xox/i;

/** Hashes of the words that HINTS looks for, and the length of its shortest key. */
const AT = hashOf('at');
const ARROBA = hashOf('arroba');
const SHORTEST_KEY = 20;
/** What may stand before a sign written out. */
const SIGNS = '([{<_-%';

/** White digits on black: 1 to 10 in three rows of ten, which NFKC leaves. */
const FIRST_CIRCLED = 0x2776;
const LAST_CIRCLED = 0x2793;

/** More than any query; of a longer text the rest is looked at in overlapping windows of this size. */
const WINDOW = 4096;
const OVERLAP = 512;

/**
 * The first kind of personal data that a text holds, or null. Takes a raw text or a surface: e-mail addresses and signs of numbers are gone
 * from a normalised form, in which grouped numbers are still found. Full-width forms, digits of other scripts,
 * invisible characters in between, digits one by one and numbers spelled in words (`spelled-digits.ts`) hide nothing.
 *
 * - `email`: name@host.tld, name@ a known provider, and written-out forms (name (at) host dot com, name at gmail com).
 * - `credentials`: URLs with user and password, parameters that carry tokens or passwords, well-known key formats.
 * - `iban`: right length for its country and right check digits.
 * - `card`: 13 to 19 digits, grouped or not, that pass Luhn's check.
 * - `social-security`: the US form 123-45-6789.
 * - `phone`: international with +, national groupings with at least nine digits.
 * - `long-number`: nine or more digits in a row; a decimal fraction such as 3.14159265358 is none.
 *
 * Not personal data: IP addresses, dates, ranges of years, sizes, versions, hyphenated ISBNs; an ISBN without hyphens is a long number.
 * Wrongly found means a suggestion less; wrongly missed means someone's data shown, so doubt counts as found. Linear.
 */
export function findPersonalData(text: string): PersonalDataKind | null {
  const plain = plainForm(text);
  if (!mayHold(plain)) return null;
  for (let from = 0; ; from += WINDOW - OVERLAP) {
    const found = findInWindow(plain.slice(from, from + WINDOW));
    if (found !== null || from + WINDOW >= plain.length) return found;
  }
}

function findInWindow(text: string): PersonalDataKind | null {
  // A password before a host looks like an address, so it comes first.
  if (holdsCredentials(text)) return 'credentials';
  if (holdsEmail(text)) return 'email';
  if (holdsIban(text)) return 'iban';
  if (holdsCard(text)) return 'card';
  if (holdsSocialSecurityNumber(text)) return 'social-security';
  if (holdsPhone(text)) return 'phone';
  if (holdsLongNumber(text)) return 'long-number';
  const respelled = respellDigits(text);
  return respelled === text ? null : findInWindow(respelled);
}

/** Whether a plain text has anything that one of the patterns needs: most have not. */
function mayHold(text: string): boolean {
  let digits = 0;
  let numberWords = 0;
  let hash = 0;
  let hasNumerals = false;
  let mayHint = false;
  let wordStart = 0;
  // Keys have signs and digits in them, too.
  const isLong = text.length >= SHORTEST_KEY;
  const { length } = text;
  for (let at = 0; at <= length; at++) {
    const code = at < length ? charCodeAt.call(text, at) : 0x20;
    const small = code | 0x20;
    if ((small >= 0x61 && small <= 0x7a) || code >= 0xc0) {
      hash = (Math.imul(hash, 31) + (code < 0x80 ? small : code)) | 0;
      if (code >= 0x3007) hasNumerals = true;
      continue;
    }
    if (hash !== 0) {
      if (mayBeNumberWord(hash)) numberWords++;
      if (hash === AT || hash === ARROBA || at - wordStart >= SHORTEST_KEY) mayHint = true;
    }
    hash = 0;
    wordStart = at + 1;
    if (code === 0x20) continue;
    if (code >= 0x30 && code <= 0x39) digits++;
    // @ = and : are needed by addresses and credentials.
    else if (code === 0x40 || code === 0x3d || code === 0x3a) return true;
    if (isLong || SIGNS.includes(text.charAt(at))) mayHint = true;
  }
  // A number of nine digits has two digits a word at most, or three after "triple".
  if (digits >= 8 || numberWords > 2 || (mayHint && HINTS.test(text))) return true;
  return hasNumerals && holdsNumerals(text);
}

/** The at-sign of a URL's escape to itself, compatibility forms to plain ones, digits of all scripts to ASCII, dashes to hyphens, white space to single spaces. */
function plainForm(raw: string): string {
  const text = raw.includes('%40') ? raw.replaceAll('%40', '@') : raw;
  if (/^[\u0020-\u007e]*$/.test(text))
    return text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text;
  const plain = text
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(/(?![0-9])[\p{Nd}\u2776-\u2793]/gu, digitOf)
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\s\u0085]+/g, ' ');
  // Marks strike digits through, or make keys of a telephone of them.
  return /[0-9]/.test(plain) ? plain.replace(/([0-9])\p{M}+/gu, '$1') : plain;
}

/** Digits of a script stand in a row of ten that begins at their zero. */
function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= FIRST_CIRCLED && code <= LAST_CIRCLED) {
    return String((code - FIRST_CIRCLED + 1) % 10);
  }
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}
