import {
  ERROR_BITS,
  extraBits,
  LEAST_ERROR_BITS,
  omissionBits,
  substitutionBits,
} from '../../../dictionaries/typing/error-model.ts';
import type { Keyboard } from '../../../dictionaries/typing/keyboard.ts';
import { plainLetter } from '../../../dictionaries/typing/plain-letter.ts';
import type { TermDictionary } from '../../../indexer/segment/term-dictionary.ts';
import {
  END,
  GRADE_SHIFT,
  INNER,
  INNER_NODE,
  LABEL_MASK,
  NODE,
  SEARCH,
  SLOTS,
  slotOf,
} from '../../../indexer/segment/term-trie-nodes.ts';
import type { BestTerms } from './best-terms.ts';
import { LONGEST_WORD } from './spelling-cost.ts';
import { BEGINNING, TermBeginnings, withLetter } from './term-beginnings.ts';
import type { TermCandidates } from './term-candidates.ts';
import { byteLength } from './term-letters.ts';
import type { TrieReader } from './trie-reader.ts';
import type { WorkBudget } from './trie-walk.ts';
import type { TypedWord } from './typed-word.ts';

export interface OneErrorTask {
  readonly kind: 'whole' | 'beginning';
  readonly budget: WorkBudget;
  readonly keyboard: Keyboard;
}

/** One error leads to one range, or a few where accents were left out. */
const MOST_HELD = 32;

const SWAP_BITS = ERROR_BITS.error + ERROR_BITS.transposition;
/** A letter that is not the typed one costs so much at least, but for an accent. */
const LEAST_SUBSTITUTION =
  ERROR_BITS.error + Math.min(ERROR_BITS.neighbour, ERROR_BITS.vowel, ERROR_BITS.alike);
/**
 * The terms that a word with one error may have been meant as. A text that is one error away may be had by an error at the first letter that is not as
 * typed, so the walk goes the exact way and tries the four errors at each letter that parts from it; behind the error everything must be as typed.
 *
 * What the error costs is then known before its way is followed: a way is left when its best completion less that cost is worth less than the worst of the
 * results kept. As most letters are typed for few others, that leaves most of them.
 *
 * A unit of work is a node looked at, or a letter read between nodes.
 */
export class OneErrorWalk {
  private readonly reader: TrieReader;
  private readonly nodes: Uint32Array;
  private readonly candidates: TermCandidates;
  private readonly word: TypedWord;
  private readonly best: BestTerms;
  private readonly beginnings: TermBeginnings;
  /** By place, the cost of the letter there being one too many. */
  private readonly extra = new Float64Array(LONGEST_WORD);
  /** Whether a letter that is meant where the place's is typed may differ in its accent only. */
  private readonly accented = new Uint8Array(LONGEST_WORD + 1);
  /** The ranges that errors at one letter led to, and what they cost. */
  private readonly heldLow = new Uint32Array(MOST_HELD);
  private readonly heldHigh = new Uint32Array(MOST_HELD);
  private readonly heldBits = new Float64Array(MOST_HELD);
  private held = 0;
  private keyboard: Keyboard | null = null;
  private whole = false;
  private left = 0;
  /** Where the letter that was read last ends. */
  private next = 0;

  constructor(
    terms: TermDictionary,
    reader: TrieReader,
    word: TypedWord,
    candidates: TermCandidates,
  ) {
    this.reader = reader;
    this.nodes = reader.nodes;
    this.candidates = candidates;
    this.word = word;
    this.best = candidates.best;
    this.beginnings = new TermBeginnings(terms);
  }

  /** Offers what the word may have been meant as, with one error. */
  run({ kind, budget, keyboard }: OneErrorTask): void {
    const { letters, length } = this.word;
    this.keyboard = keyboard;
    this.whole = kind === 'whole';
    this.left = budget.left;
    for (let i = 0; i < length; i++) {
      const before = i > 0 ? letters[i - 1]! : -1;
      const after = i + 1 < length ? letters[i + 1]! : -1;
      const isDouble = i > 0 && plainLetter(before) === plainLetter(letters[i]!);
      this.extra[i] = isDouble
        ? ERROR_BITS.error + ERROR_BITS.doubling
        : extraBits(keyboard, letters[i]!, before, after) + firstBits(i);
      this.accented[i] = plainLetter(letters[i]!) === letters[i] ? 0 : 1;
    }
    this.accented[length] = 0;
    this.visitExact(this.reader.root, 0, Infinity);
    budget.left = this.left;
  }

  /** Visits the children of an inner node whose text is the word's first `place` letters, those that go on as typed first: what they give lets others be left sooner. */
  private visitExact(node: number, place: number, bound: number): void {
    const { nodes, reader, word, best } = this;
    const { uppers } = this.candidates;
    const at = node * INNER_NODE;
    const depth = reader.depthOf(at);
    const first = reader.firstChild(at);
    const end = reader.endOfChildren(at);
    const exact = place < word.length ? 1 << (place + 1) : 0;
    for (let pass = exact === 0 ? 1 : 0; pass < 2; pass++) {
      const least = LEAST_ERROR_BITS + (pass === 0 ? 0 : firstBits(place));
      for (let child = first; child < end; child += NODE) {
        const head = nodes[child]!;
        if (uppers[head >>> GRADE_SHIFT]! - least < best.floor) break;
        if (--this.left < 0) return;
        const label = head & LABEL_MASK;
        if (label === END) {
          if (pass === 1 && this.whole && place + 1 === word.length) {
            this.offerTerm(child);
          }
          continue;
        }
        const isExact = (word.maskOf(label) & exact) !== 0;
        if (isExact !== (pass === 0)) continue;
        const from = depth + byteLength(label);
        if (isExact) this.followExact(child, from, place + 1, bound);
        else this.err(child, from, label, place, bound);
      }
    }
  }

  /** Reads on from a node's letter at which the text is the word's first `start` letters. */
  private followExact(child: number, from: number, start: number, bound: number): void {
    const { word, whole } = this;
    const { length } = word;
    const link = this.nodes[child + 1]!;
    const isInner = link >= INNER;
    const end = this.reader.endOf(link);
    let at = from;
    let place = start;
    // All terms below begin with what was typed.
    if (place === length && !whole) return;
    while (at < end) {
      if (--this.left < 0) return;
      const letter = this.letterAt(link, at);
      if (place === length || (word.maskOf(letter) & (1 << (place + 1))) === 0) {
        const inside = this.lastIsExtra(child, at, place, bound);
        this.err(child, this.next, letter, place, inside);
        return;
      }
      at = this.next;
      place++;
      if (place === length && !whole) return;
    }
    if (isInner) this.visitExact(link - INNER, place, this.lastIsExtra(child, at, place, bound));
    else if (!whole) this.lastIsExtra(child, at, place, bound);
    else if (place + 1 === length) this.offerTerm(child);
  }

  /** Where all of an unfinished word but its last letter is read: offers the node's terms, the last letter being one too many. */
  private lastIsExtra(child: number, at: number, place: number, bound: number): number {
    const isIt = !this.whole && place > 0 && place + 1 === this.word.length;
    return isIt ? this.offerRange(child, at, bound) : bound;
  }

  /**
   * Tries the errors that make a node's `letter`, which ends at `from`, follow upon the word's first `place` letters: all of them, as the cheapest that leads to a
   * range is the one that counts, even where the work runs out meanwhile.
   */
  private err(child: number, from: number, letter: number, place: number, bound: number): void {
    const { nodes, word, best, keyboard } = this;
    const { letters, length, rests } = word;
    const room = this.candidates.uppers[nodes[child]! >>> GRADE_SHIFT]! - best.floor;
    const letterSet = ~nodes[child + 2]!;
    const first = firstBits(place);
    this.held = 0;
    if (place + 1 < length && (word.maskOf(letter) & (1 << (place + 2))) !== 0) {
      if (
        this.extra[place]! <= room &&
        (rests[place + 2]! & letterSet) === 0 &&
        this.mayBegin(letter, place, place + 2)
      ) {
        this.follow(child, from, place + 2, place + 3, this.extra[place]!, bound);
      }
      if (SWAP_BITS + first <= room) {
        this.follow(child, from, place, place + 2, SWAP_BITS + first, bound);
      }
    }
    if (place < length && (rests[place + 1]! & letterSet) === 0) {
      if (LEAST_SUBSTITUTION + first <= room || this.accented[place] === 1) {
        const bits = substitutionBits(keyboard!, letters[place]!, letter) + first;
        if (bits <= room && this.mayBegin(letter, place, place + 1)) {
          this.follow(child, from, place + 1, place + 2, bits, bound);
        }
      }
    }
    if ((rests[place]! & letterSet) === 0) {
      const before = place > 0 ? plainLetter(letters[place - 1]!) : -1;
      const bits = omissionBits(plainLetter(letter), before) + first;
      if (bits <= room && this.mayBegin(letter, place, place)) {
        this.follow(child, from, place, place + 1, bits, bound);
      }
    }
  }

  /** Whether some term may begin with the word's first `place` letters, `letter` and what was typed from `then` on. */
  private mayBegin(letter: number, place: number, then: number): boolean {
    const { slots, length } = this.word;
    if (place >= BEGINNING || place + 1 + length - then < BEGINNING) return true;
    let key = 0;
    for (let i = 0; i < place; i++) key = withLetter(key, slots[i]!);
    key = withLetter(key, slotOf(letter));
    const last = then + BEGINNING - place - 1;
    for (let i = then; i < last; i++) key = withLetter(key, slots[i]!);
    this.left--;
    return this.beginnings.has(key);
  }

  /**
   * Reads on behind an error that costs `bits`: the letter of `place`, then those from `after` on.
   */
  private follow(
    child: number,
    from: number,
    place: number,
    after: number,
    bits: number,
    bound: number,
  ): void {
    const { word, whole, nodes } = this;
    const { length } = word;
    const link = nodes[child + 1]!;
    const end = this.reader.endOf(link);
    let at = from;
    let now = place;
    let then = after;
    while (now < length || whole) {
      if (at === end) {
        if (link < INNER) {
          if (whole && now === length) this.offerTerm(child);
          return;
        }
        this.followChildren((link - INNER) * INNER_NODE, now, then, bits, bound);
        return;
      }
      if (now === length) return;
      this.left--;
      const letter = this.letterAt(link, at);
      if ((word.maskOf(letter) & (1 << (now + 1))) === 0) return;
      at = this.next;
      now = then++;
    }
    this.offerInside(child, at, bound);
  }

  /** Goes on to those children of an inner node (its place in `inner`) that begin with the letter of `place`. */
  private followChildren(
    at: number,
    place: number,
    after: number,
    bits: number,
    bound: number,
  ): void {
    const { nodes, reader, word, best } = this;
    const { inner, slots } = reader;
    const { uppers } = this.candidates;
    const depth = reader.depthOf(at);
    let first = reader.firstChild(at);
    let end = reader.endOfChildren(at);
    const isEnd = place === word.length;
    if (!isEnd && inner[at + 4] !== 0) {
      const found = slots[(inner[at + 4]! - 1) * SLOTS + word.slots[place]!]!;
      this.left--;
      if (found === 0) return;
      if (found !== SEARCH) {
        first += (found - 1) * NODE;
        end = first + NODE;
      }
    }
    const wanted = 1 << (place + 1);
    const needed = word.rests[after < word.length ? after : word.length]!;
    for (let child = first; child < end; child += NODE) {
      const head = nodes[child]!;
      if (uppers[head >>> GRADE_SHIFT]! - bits < best.floor) break;
      this.left--;
      const label = head & LABEL_MASK;
      if (isEnd) {
        if (label === END) {
          this.offerTerm(child);
          break;
        }
        continue;
      }
      if (label === END || (word.maskOf(label) & wanted) === 0) continue;
      if ((needed & ~nodes[child + 2]!) !== 0) continue;
      const from = depth + byteLength(label);
      this.follow(child, from, after, after + 1, bits, bound);
    }
    return;
  }

  private offerTerm(child: number): void {
    const grade = this.nodes[child]! >>> GRADE_SHIFT;
    this.left -= this.candidates.offerTerm(this.nodes[child + 1]!, 1, grade);
  }

  /** Offers a node's terms, unless those that another error led to at the same letter hold them all at no greater cost. */
  private offerInside(child: number, at: number, bound: number): void {
    const { heldLow, heldHigh, heldBits } = this;
    const link = this.nodes[child + 1]!;
    const low = this.reader.lowOf(link);
    const high = this.reader.highOf(link);
    let least = bound;
    for (let i = 0; i < this.held; i++) {
      const isInside = heldLow[i]! <= low && high <= heldHigh[i]!;
      if (isInside && heldBits[i]! < least) least = heldBits[i]!;
    }
    const bits = this.offerRange(child, at, least);
    if (bits === least || this.held === MOST_HELD) return;
    heldLow[this.held] = low;
    heldHigh[this.held] = high;
    heldBits[this.held++] = bits;
  }

  private offerRange(child: number, at: number, bound: number): number {
    const link = this.nodes[child + 1]!;
    const low = this.reader.lowOf(link);
    const high = this.reader.highOf(link);
    this.left -= this.word.length;
    const grade = this.nodes[child]! >>> GRADE_SHIFT;
    return this.candidates.offerRange(low, high, grade, at, at, bound);
  }

  /** The letter at byte `from` of a node's first term; `next` is where it ends. */
  private letterAt(link: number, from: number): number {
    const { letters } = this.reader;
    const start = this.reader.startOf(link);
    const letter = letters.at(start + from);
    this.next = letters.next - start;
    return letter;
  }
}

function firstBits(place: number): number {
  return place === 0 ? ERROR_BITS.firstLetter : 0;
}
