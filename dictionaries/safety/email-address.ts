/** Hosts at which anything before the at-sign is a person's address, even without the top-level domain. */
const PROVIDERS =
  'gmail|googlemail|yahoo|ymail|hotmail|outlook|icloud|aol|protonmail|proton|gmx|web\\.de|qq|163|126|sina|foxmail|naver|daum|hanmail|yandex|rambler|comcast|verizon|msn|t-online|libero|orange|wanadoo';
const TOP_LEVELS =
  'com|net|org|edu|gov|info|biz|io|co|me|us|uk|de|fr|it|es|nl|se|pl|ru|cn|jp|kr|in|br|ca|au|ch|at|eu';
/** What stands before "at" in everyday queries such as "sign in at gmail.com". */
const EVERYDAY =
  'us|in|up|on|off|out|login|logon|signin|signup|log|sign|mail|email|e-mail|account|accounts|password|work|home|here|look|online|now|available|me|it|is|are|job|jobs|register|contact|contacts';

const LOCAL_END = /[\p{L}\p{N}._%+'-]*[\p{L}\p{N}_]$/u;
const HOST =
  /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:[a-z]{2,24}(?![a-z0-9])|\p{L}{2,24}(?![\p{L}\p{N}]))/iu;
/** A host with spaces around its dots. */
const SPACED_HOST = new RegExp(
  `^[\\p{L}\\p{N}-]+(?: ?\\. ?[\\p{L}\\p{N}-]+)* ?\\. ?(?:${TOP_LEVELS})(?![\\p{L}\\p{N}])`,
  'iu',
);
const PROVIDER_HOST = new RegExp(`^(?:${PROVIDERS})(?![\\p{L}\\p{N}])`, 'iu');
const WRITTEN_SIGN = new RegExp(
  `[\\p{L}\\p{N}_.+-] ?[(\\[{] ?at ?[)\\]}] ?[\\p{L}\\p{N}-]{1,63} ?(?:\\.|[(\\[{] ?dot ?[)\\]}]|\\bdot\\b) ?(?:${TOP_LEVELS})\\b`,
  'iu',
);
const WRITTEN_DOT = new RegExp(
  `[\\p{L}\\p{N}] at [\\p{L}\\p{N}-]{1,63}(?: dot [\\p{L}\\p{N}-]{1,63}){0,3} (?:dot|[(\\[{]dot[)\\]}]) (?:${TOP_LEVELS})\\b`,
  'iu',
);
const AT_PROVIDER = new RegExp(
  `(?:^|[^\\p{L}\\p{N}])(?!(?:${EVERYDAY}) at )[\\p{L}\\p{N}_.+-]{1,64} at (?:${PROVIDERS})(?: ?\\.| dot| ) ?(?:${TOP_LEVELS})\\b`,
  'iu',
);

/** The sign and the dot in brackets, between dashes, or in Spanish, where no other word stands so. */
const SIGN_IN_WORDS =
  / ?[([{<] ?(?:at|ät|@|arroba) ?[)\]}>] ?| ?[-_]+(?:at|arroba)[-_]+ ?| arroba /giu;
const DOT_IN_WORDS =
  / ?[([{<] ?(?:dot|\.|punto|punkt) ?[)\]}>] ?| ?[-_]+dot[-_]+ ?| (?:dot|punto) /giu;
const COMMA_FOR_DOT = new RegExp(
  `(@[\\p{L}\\p{N}-]{1,63}),(?=(?:${TOP_LEVELS})(?![\\p{L}\\p{N}]))`,
  'giu',
);
const WRITTEN_SOMEHOW = /\bat\b|ät|arroba|[_([{<-]at/i;
/** Single letters on both sides of the sign. */
const SPACED_APART = /\S \S ?@ ?\S \S(?: \S)+(?: |$)/u;

/** Whether a plain text holds an e-mail address, with its sign or written out. */
export function holdsEmail(text: string): boolean {
  if (holdsSignedAddress(text)) return true;
  const isSigned = text.includes('@');
  if (!isSigned && !WRITTEN_SOMEHOW.test(text)) return false;
  const respelled = text
    .replace(SIGN_IN_WORDS, '@')
    .replace(DOT_IN_WORDS, '.')
    .replace(COMMA_FOR_DOT, '$1.');
  if (respelled !== text && holdsSignedAddress(respelled)) return true;
  if (isSigned && SPACED_APART.test(text) && holdsSignedAddress(text.replaceAll(' ', '')))
    return true;
  return (
    /at/i.test(text) &&
    (WRITTEN_SIGN.test(text) || WRITTEN_DOT.test(text) || AT_PROVIDER.test(text))
  );
}

function holdsSignedAddress(text: string): boolean {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (isAddressAround(text, at)) return true;
  }
  return false;
}

function isAddressAround(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 64), at);
  const after = text.slice(at + 1, at + 256);
  // "name @ host.com" is an address, "see @host.com" mentions an account.
  const spaced = before.endsWith(' ') && after.startsWith(' ');
  const local = spaced ? before.slice(0, -1) : before;
  const host = after.startsWith(' ') ? after.slice(1) : after;
  return (
    LOCAL_END.test(local) && [HOST, SPACED_HOST, PROVIDER_HOST].some((form) => form.test(host))
  );
}
