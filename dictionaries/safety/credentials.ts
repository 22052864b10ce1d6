const PATTERNS: readonly RegExp[] = [
  // User and password before the host: scheme://user:password@host, with or without the scheme.
  /\/\/[^\s/:@]{1,128}:[^\s/@]{1,128}@[^\s/]/,
  // Parameters that are secrets whatever they hold.
  /(?:^|[\s?&#;])(?:access[_-]?token|auth[_-]?token|refresh[_-]?token|id[_-]?token|api[_-]?key|client[_-]?secret|secret|password|passwd|passwort|pwd|pass)=[^&\s]{3,}/i,
  // Parameters that are secrets when they hold something long and random.
  /[\s?&#;](?:token|auth|jwt|session|session[_-]?id|sid|jsessionid|phpsessid|aspsessionid|sig|signature|code|key|ticket|x-amz-[a-z-]+)=[^&\s]{12,}/i,
  /(?:^|[\s?&#;])(?:password|passwd|pwd) ?: ?\S{0,32}[\d!$%^*]\S{0,32}/i,
  // Formats that are known to be keys: signed web tokens, cloud and code hosts.
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[oprsu]_\w{20,}/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\bsk[-_](?:live[-_]|test[-_]|proj-)?\w{20,}/,
];

/** Whether a plain text holds a user's password or a token that lets its bearer in. */
export function holdsCredentials(text: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(text));
}
