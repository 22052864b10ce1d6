import naughtyWords from 'naughty-words';
import { normalise } from '../normalise.ts';
import { isUnspaced } from '../terms.ts';
import { exemptions, innocentPhrases } from './blocklist-exemptions.ts';
import { unsafePhrases } from './unsafe-phrases.ts';

interface Blocklist {
  /** Phrases by their first word, each the words that follow it; an empty one blocks the first word by itself. */
  readonly phrases: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Entries in scripts without spaces by their first two UTF-16 code units. */
  readonly runs: ReadonlyMap<string, readonly string[]>;
}

const FIRST_UNSPACED = 0x0e00;
/** Entries of one Hangul syllable that mean nothing else when they stand alone. */
const BAD_SYLLABLES: ReadonlySet<string> = new Set(['좆', '좃', '씹']);

let loaded: Blocklist | undefined;

/**
 * Whether a normalised text holds a word or phrase that no suggestion should show, in any language of the package naughty-words or of
 * our own list of unsafe intents. Entries in spaced scripts match whole words; entries of at least two characters in scripts without spaces match
 * anywhere, but for Katakana within a longer Katakana word. Words that are everyday ones somewhere, and phrases in which a
 * word is innocent, are exempt (`blocklist-exemptions.ts`).
 *
 * One look-up a word, and one a character of a script without spaces. The lists are prepared at the first call.
 */
export function isBlocked(normalised: string): boolean {
  loaded ??= load();
  if (!holdsEntry(normalised, loaded)) return false;
  // Hits are rare: only then it is looked whether they are innocent.
  const rest = withoutInnocentPhrases(normalised);
  return rest === normalised || holdsEntry(rest, loaded);
}

function holdsEntry(text: string, { phrases, runs }: Blocklist): boolean {
  const length = text.length;
  let unspaced = false;
  for (let from = 0; from < length; ) {
    let to = from;
    for (; to < length; to++) {
      const code = text.charCodeAt(to);
      if (code === 0x20) break;
      // Thai begins what has no spaces; surrogates are above it.
      if (code >= FIRST_UNSPACED) unspaced = true;
    }
    const followers = phrases.get(text.slice(from, to));
    if (followers !== undefined && followsOne(text, to, followers)) return true;
    from = to + 1;
  }
  return unspaced && holdsRun(text, runs);
}

function withoutInnocentPhrases(text: string): string {
  let rest = ` ${text} `;
  for (const phrase of innocentPhrases) {
    const whole = isUnspaced(phrase.codePointAt(0) ?? 0) ? phrase : ` ${phrase} `;
    rest = rest.replaceAll(whole, ' ');
  }
  return rest.trim();
}

function followsOne(text: string, end: number, phrases: readonly (readonly string[])[]): boolean {
  return phrases.some((words) => {
    let at = end;
    for (const word of words) {
      if (text.charCodeAt(at) !== 0x20 || !text.startsWith(word, at + 1)) return false;
      at += 1 + word.length;
    }
    return at === text.length || text.charCodeAt(at) === 0x20;
  });
}

function holdsRun(text: string, runs: Blocklist['runs']): boolean {
  for (let at = 0; at + 1 < text.length; at++) {
    if (text.charCodeAt(at) < FIRST_UNSPACED) continue;
    const candidates = runs.get(text.slice(at, at + 2));
    if (candidates?.some((run) => text.startsWith(run, at) && standsAlone(text, at, run))) {
      return true;
    }
  }
  return false;
}

/** Katakana spells foreign words, in which short entries turn up by chance: they match between other scripts only. */
function standsAlone(text: string, at: number, run: string): boolean {
  const end = at + run.length;
  const runsOn = (inside: number, outside: number) =>
    isKatakana(text.charCodeAt(inside)) && isKatakana(text.charCodeAt(outside));
  return !runsOn(at, at - 1) && !runsOn(end - 1, end);
}

function isKatakana(code: number): boolean {
  return code >= 0x30a1 && code <= 0x30ff;
}

function load(): Blocklist {
  const exempt = new Set(exemptions.map(normalise));
  const phrases = new Map<string, string[][]>();
  const runs = new Map<string, string[]>();
  const entries = new Set([...Object.values(naughtyWords).flat(), ...unsafePhrases].map(normalise));
  for (const entry of entries) {
    if (entry === '' || exempt.has(entry)) continue;
    if (isUnspaced(entry.codePointAt(0) ?? 0)) {
      if ([...entry].length < 2 && !/\p{Extended_Pictographic}/u.test(entry)) continue;
      push(runs, entry.slice(0, 2), entry);
    } else {
      const [first = '', ...rest] = entry.split(' ');
      // A single letter or digit is nobody's bad word, and most single syllables of Hangul are something else, too.
      if (rest.length > 0 || [...first].length > 1 || BAD_SYLLABLES.has(first)) {
        push(phrases, first, rest);
      }
    }
  }
  return { phrases, runs };
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
