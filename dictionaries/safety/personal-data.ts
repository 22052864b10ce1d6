import { holdsCard, holdsIban, holdsLongNumber } from './account-number.ts';
import { holdsCredentials } from './credentials.ts';
import { holdsEmail } from './email-address.ts';
import { holdsPhone, holdsSocialSecurityNumber } from './phone-number.ts';

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
const HINTS = /%40|\bat\b|[([{] ?at|AKIA|eyJ|gh[oprsu]_|sk[-_]|xox/i;

/** More than any query; of a longer text the rest is looked at in overlapping windows of this size. */
const WINDOW = 4096;
const OVERLAP = 512;

/**
 * The first kind of personal data that a text holds, or null. Takes a raw text or a surface: e-mail addresses and signs of numbers are gone
 * from a normalised form, in which grouped numbers are still found. Full-width forms, digits of other scripts and
 * invisible characters in between hide nothing.
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
  return holdsLongNumber(text) ? 'long-number' : null;
}

/** Whether a plain text has anything that one of the patterns needs: most have not. */
function mayHold(text: string): boolean {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits++;
    // @ = and : are needed by addresses and credentials.
    else if (code === 0x40 || code === 0x3d || code === 0x3a) return true;
  }
  return digits >= 8 || HINTS.test(text);
}

/** The at-sign of a URL's escape to itself, compatibility forms to plain ones, digits of all scripts to ASCII, dashes to hyphens, white space to single spaces. */
function plainForm(raw: string): string {
  const text = raw.includes('%40') ? raw.replaceAll('%40', '@') : raw;
  if (/^[\u0020-\u007e]*$/.test(text))
    return text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text;
  return text
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(/(?![0-9])\p{Nd}/gu, digitOf)
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\s\u0085]+/g, ' ');
}

/** Digits of a script stand in a row of ten that begins at their zero. */
function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}
