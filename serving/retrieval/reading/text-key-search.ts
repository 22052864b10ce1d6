import { readingsOf } from '../../../dictionaries/reading/pinyin.ts';
import { brandCompletion, type CompletionId } from '../../../indexer/segment/completion-id.ts';
import { pinyinQuestions } from './pinyin-search.ts';
import { romajiQuestions } from './romaji-search.ts';
import {
  COSTS,
  type KeyQuestion,
  type TextKeyLookup,
  type TextKeyMatch,
} from './text-key-lookup.ts';
import { readTyped } from './typed-runs.ts';

export interface TextKeySearch {
  /** Matches that are wanted. */
  readonly limit: number;
  /** Work that may still be done; goes down by 4 a range and 1 an entry. */
  readonly budget: { left: number };
  isShown(completion: CompletionId): boolean;
  /** The normalised form of a completion. */
  normalisedOf(completion: CompletionId): string;
}

/** A Latin letter alone begins half of all texts: it says nothing about any. */
const FEWEST_LETTERS = 2;
const RANGE_WORK = 4;
/** Entries that one question reads at most. */
const MOST_ENTRIES = 256;
/** Matches inside texts that may come before those from the start, as a multiple of what is wanted. */
const CROWD = 4;

/**
 * Completions that the typed text writes in another script: pinyin (whole, half-typed, by initials, both mixed, among Han), romaji or kana
 * for Japanese, from the start of a completion or of a word in it. Nothing for a typed text all in Han, in other scripts, or of a
 * single Latin letter; no kind is tried that the table does not have.
 *
 * Sorted by bits, then best completion first; a completion once, by its cheapest way. Of each cost at least the best `limit` come, if the
 * budget lasts (it never reads more than 256 entries for a way of typing), so that the caller may rank them with scores of its own. When
 * the budget runs out, what was found so far.
 */
export function findByTextKeys(
  lookup: TextKeyLookup,
  typed: string,
  search: TextKeySearch,
): TextKeyMatch[] {
  const reading = readTyped(typed);
  if (reading === null) return [];
  const { hasHan, hasKana, spelled } = reading;
  if (!hasHan && !hasKana && spelled < FEWEST_LETTERS) return [];
  const questions: KeyQuestion[] = [];
  if (!hasKana && lookup.has('pinyin')) questions.push(...pinyinQuestions(reading));
  if (lookup.has('romaji')) questions.push(...romajiQuestions(reading));
  questions.sort((a, b) => a.bits - b.bits);
  const matches = new Map<number, TextKeyMatch>();
  for (const question of questions) {
    if (search.budget.left <= 0) break;
    ask(question, lookup, search, matches);
  }
  return [...matches.values()].sort((a, b) => a.bits - b.bits || a.completion - b.completion);
}

/** Loads what the search over a table needs, so that no request waits for it: 0.1 s once a process where there is pinyin. */
export function prepareTextKeySearch(lookup: TextKeyLookup): void {
  if (lookup.has('pinyin')) readingsOf('中');
}

function ask(
  question: KeyQuestion,
  lookup: TextKeyLookup,
  { limit, budget, isShown, normalisedOf }: TextKeySearch,
  matches: Map<number, TextKeyMatch>,
): void {
  const { kind } = question;
  budget.left -= RANGE_WORK;
  const range = lookup.prefixRange(kind, question.key);
  const most = Math.min(range.high - range.low, MOST_ENTRIES);
  const stream = most > 0 ? lookup.stream(range) : null;
  let [found, foundAtStart] = [0, 0];
  for (let read = 0; read < most && budget.left > 0; read++) {
    budget.left--;
    const entry = stream?.next() ?? -1;
    if (entry < 0) return;
    const completion = brandCompletion(lookup.completionAt(entry));
    if (!isShown(completion)) continue;
    const span = question.match({
      text: normalisedOf(completion),
      start: lookup.startAt(entry),
      key: lookup.keyAt(entry),
      steps: lookup.stepsAt(entry),
    });
    if (span === null) continue;
    const bits = question.bits + (span.start > 0 ? COSTS.inside : 0);
    const known = matches.get(completion);
    if (known === undefined || bits < known.bits)
      matches.set(completion, { completion, kind, bits, ...span });
    found++;
    if (span.start === 0) foundAtStart++;
    if (foundAtStart >= limit || found >= CROWD * limit) return;
  }
}
