/** Lengths of an IBAN by country (ISO 13616 registry). */
const IBAN_LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 ' +
    'LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 ' +
    'RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const IBAN_START = /(?<![a-z0-9])([a-z]{2}) ?([0-9]{2})/gi;
/** Groups of digits, one space, hyphen or dot between them. */
const DIGIT_GROUPS = /[0-9]+(?:[ .-][0-9]+)*/g;
const DECIMAL_FRACTION = /(?<![\d.,])\d[.,]\d+(?![\d.,]*\d)/g;
const AMERICAN_WITH_ONE = /^1\.[2-9]\d{9}$/;

/** Whether a text holds an IBAN: the length of its country and the check digits right (ISO 7064, MOD 97-10). */
export function holdsIban(text: string): boolean {
  for (const match of text.matchAll(IBAN_START)) {
    const length = IBAN_LENGTHS[match[1]!.toUpperCase()];
    if (length === undefined) continue;
    const account = gather(text, match.index, length);
    if (account !== undefined && hasIbanChecksum(account.toUpperCase())) return true;
  }
  return false;
}

/** `length` letters and digits from `from`, single spaces and hyphens between them left out, and no more behind them. */
function gather(text: string, from: number, length: number): string | undefined {
  let account = '';
  let separated = false;
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (/[a-z0-9]/i.test(character)) {
      if (account.length === length) return separated ? account : undefined;
      account += character;
      separated = false;
    } else if ((character === ' ' || character === '-') && !separated) {
      separated = true;
    } else {
      break;
    }
  }
  return account.length === length ? account : undefined;
}

function hasIbanChecksum(account: string): boolean {
  let remainder = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** Whether a text holds a payment card's number: 13 to 19 digits that pass Luhn's check, grouped by single spaces, hyphens or dots or not. */
export function holdsCard(text: string): boolean {
  for (const [run] of text.matchAll(DIGIT_GROUPS)) {
    if (run.length < 13) continue;
    const groups = run.split(/[ .-]/);
    // Four years in a row are no card.
    if (groups.every((group) => /^(?:1[89]|20)\d\d$/.test(group))) continue;
    for (let first = 0; first < groups.length; first++) {
      let digits = '';
      for (let last = first; last < groups.length && digits.length < 19; last++) {
        digits += groups[last];
        // More groups than cards are written in, unless every digit stands alone.
        if (last - first > 6 && digits.length > last - first + 1) break;
        if (digits.length >= 13 && digits.length <= 19 && isCard(digits)) return true;
      }
    }
  }
  return false;
}

function isCard(digits: string): boolean {
  // 2 to 6 begin the cards of all networks (ISO/IEC 7812); 1 an airline's.
  if (!/^[1-6]/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 0x30;
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Whether a text holds nine or more digits in a row that are no decimal fraction. */
export function holdsLongNumber(text: string): boolean {
  if (!/\d{9}/.test(text)) return false;
  const whole = text.replace(DECIMAL_FRACTION, (number) =>
    AMERICAN_WITH_ONE.test(number) ? number : ' ',
  );
  return /\d{9}/.test(whole);
}
