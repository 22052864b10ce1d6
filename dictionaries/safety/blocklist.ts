import { isUnspaced } from '../terms.ts';
import { readEntries } from './blocklist-entries.ts';
import { innocentPhrases } from './blocklist-exemptions.ts';
import { Disguises, SHORTEST_PAIR } from './disguise/disguises.ts';
import { KINDS_END, kindOf, LATIN, MARK, OTHER } from './disguise/lookalike.ts';
import { isOddMix } from './disguise/spelling.ts';
import { protectivePhrases } from './self-harm-phrases.ts';
import { hashOf } from './spelled-digits.ts';

// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

interface Blocklist {
  /** Phrases by their first word, each the words that follow it; an empty one blocks the first word by itself. */
  readonly phrases: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** One bit for each hash that a first word has, so that most words need no look-up. */
  readonly firstWords: Uint8Array;
  /** Entries in scripts without spaces by their first two UTF-16 code units. */
  readonly runs: ReadonlyMap<string, readonly string[]>;
  readonly disguises: Disguises;
}

const FIRST_UNSPACED = 0x0e00;
const FIRST_HANGUL = 0xac00;
const LAST_HANGUL = 0xd7a3;
/** Bits of the filter; a power of two. */
const FILTER_BITS = 1 << 16;

let loaded: Blocklist | undefined;

/**
 * Whether a normalised text holds a word or phrase that no suggestion should show, in any language of the package naughty-words or of
 * our own lists of unsafe intents and of incitement to self-harm. Entries in spaced scripts match whole words, a Korean one also before a particle; entries of at least two characters
 * in scripts without spaces match anywhere, but for Katakana within a longer Katakana word. Words that are everyday ones somewhere, and phrases in
 * which a word is innocent, are exempt (`blocklist-exemptions.ts`).
 *
 * A disguise hides nothing: letters spaced or dotted apart, stretched, struck through, replaced by digits, signs, accented letters or those
 * of other scripts, two entries or the words of one put together. Masked letters (f*ck) are gone from the normalised form and found when
 * `surface`, the text as it was written, is given too. What is believed to be a disguise: `disguise/spelling.ts`.
 *
 * One hash a word; what looks odd at a glance costs a look-up a word more. The lists are prepared at the first call.
 */
export function isBlocked(normalised: string, surface?: string): boolean {
  loaded ??= load();
  if (surface !== undefined && loaded.disguises.areMaskedIn(surface)) return true;
  if (!holdsEntry(normalised, loaded)) return false;
  // Hits are rare: only then it is looked whether they are innocent.
  const rest = withoutInnocentPhrases(normalised);
  return rest === normalised || holdsEntry(rest, loaded);
}

function holdsEntry(text: string, blocklist: Blocklist): boolean {
  const { phrases, firstWords, runs, disguises } = blocklist;
  const length = text.length;
  let unspaced = false;
  let odd = false;
  // How many words of one character have come in a row.
  let apart = 0;
  // One loop over the characters, without a call, decides for most texts.
  for (let from = 0; from < length; ) {
    let hash = 0;
    let mix = 0;
    let last = 0;
    let same = 1;
    let to = from;
    for (; to < length; to++) {
      const code = charCodeAt.call(text, to);
      if (code === 0x20) break;
      hash = (Math.imul(hash, 31) + code) | 0;
      if (code >= 0x61 && code <= 0x7a) mix |= LATIN;
      else {
        mix |= code < KINDS_END ? kindOf(code) : OTHER;
        // Thai begins what has no spaces; surrogates are above it.
        if (code >= FIRST_UNSPACED) unspaced = true;
      }
      if (code !== last) same = 1;
      else if (++same === 3) odd = true;
      last = code;
    }
    const size = to - from;
    if (hasBit(firstWords, hash)) {
      const followers = phrases.get(text.slice(from, to));
      if (followers !== undefined && followsOne(text, to, followers)) return true;
    }
    if (mix === LATIN) {
      if (size >= SHORTEST_PAIR && disguises.isPair(text, from, to)) return true;
    } else if (mix === OTHER) {
      if (last >= FIRST_HANGUL && last <= LAST_HANGUL && size > 2) {
        if (disguises.isWithParticle(text.slice(from, to))) return true;
      }
    } else if ((mix & MARK) !== 0 || isOddMix(mix, size)) odd = true;
    apart = size === 1 || (mix & MARK) !== 0 ? apart + 1 : 0;
    if (apart === 2 && last >= FIRST_UNSPACED) odd = true;
    if (apart === 3) odd = true;
    from = to + 1;
  }
  if (unspaced && holdsRun(text, runs)) return true;
  return odd && disguises.areIn(text, (run) => holdsRun(run, runs));
}

function hasBit(bits: Uint8Array, hash: number): boolean {
  const bit = (hash ^ (hash >>> 16)) & (FILTER_BITS - 1);
  return (bits[bit >> 3]! & (1 << (bit & 7))) !== 0;
}

function withoutInnocentPhrases(text: string): string {
  let rest = ` ${text} `;
  for (const phrase of [...innocentPhrases, ...protectivePhrases]) {
    const whole = isUnspaced(phrase.codePointAt(0) ?? 0) ? phrase : ` ${phrase} `;
    rest = rest.replaceAll(whole, ' ');
  }
  return rest.trim();
}

function followsOne(text: string, end: number, phrases: readonly (readonly string[])[]): boolean {
  return phrases.some((words) => {
    let at = end;
    for (const word of words) {
      if (charCodeAt.call(text, at) !== 0x20 || !text.startsWith(word, at + 1)) return false;
      at += 1 + word.length;
    }
    return at === text.length || charCodeAt.call(text, at) === 0x20;
  });
}

function holdsRun(text: string, runs: Blocklist['runs']): boolean {
  const { length } = text;
  for (let at = 0; at + 1 < length; at++) {
    if (charCodeAt.call(text, at) < FIRST_UNSPACED) continue;
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
    isKatakana(charCodeAt.call(text, inside)) && isKatakana(charCodeAt.call(text, outside));
  return !runsOn(at, at - 1) && !runsOn(end - 1, end);
}

function isKatakana(code: number): boolean {
  return code >= 0x30a1 && code <= 0x30ff;
}

function load(): Blocklist {
  const entries = readEntries();
  const disguises = new Disguises(entries);
  const phrases = new Map<string, string[][]>();
  const runs = new Map<string, string[]>();
  for (const [first = '', ...rest] of entries.spaced) push(phrases, first, rest);
  for (const joined of disguises.phrasesWithoutSpaces) push(phrases, joined, []);
  for (const entry of entries.unspaced) push(runs, entry.slice(0, 2), entry);
  const firstWords = new Uint8Array(FILTER_BITS >> 3);
  for (const word of phrases.keys()) {
    const hash = hashOf(word);
    const bit = (hash ^ (hash >>> 16)) & (FILTER_BITS - 1);
    firstWords[bit >> 3]! |= 1 << (bit & 7);
  }
  return { phrases, firstWords, runs, disguises };
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
