import { canonicalRomaji, typedRomaji } from '../../../dictionaries/reading/romaji.ts';
import {
  beginOf,
  hanStandsAt,
  type Meeting,
  meetAfter,
  meetAtOffset,
  readSpan,
  skipUnheard,
} from './key-walk.ts';
import { COSTS, type KeyedText, type KeyQuestion, type Span } from './text-key-lookup.ts';
import type { TypedReading, TypedRun } from './typed-runs.ts';

/**
 * Where to look for Japanese: by the romaji of the first run that is spelled, under each beginning it may mean. Han typed before it must stand
 * before the key's begin, as no reading of theirs is known here; runs behind it go on where it ends.
 */
export function romajiQuestions({ runs, hasKana }: TypedReading): KeyQuestion[] {
  const first = runs.findIndex(({ kind }) => kind === 'spelled');
  const spelled = runs[first]!;
  const before = runs
    .slice(0, first)
    .map(({ text }) => text)
    .join('');
  const behind = runs.slice(first + 1);
  const keys =
    behind.length === 0 ? typedRomaji(spelled.text) : [canonicalRomaji(spelled.text).key];
  const bits = hasKana ? COSTS.composing : COSTS.romaji;
  return keys
    .filter((key) => key !== '')
    .map((key) => ({
      kind: 'romaji',
      key,
      bits,
      match: (entry) => matchAround(entry, before, key, behind),
    }));
}

function matchAround(
  entry: KeyedText,
  before: string,
  key: string,
  behind: readonly TypedRun[],
): Span | null {
  const { text } = entry;
  const start = before === '' ? entry.start : beginOfHan(entry, before);
  if (start < 0) return null;
  let place: Meeting | null = meetAfter(entry, beginOf(entry), key.length);
  if (behind.length > 0 && place.letters !== key.length) return null;
  for (const [at, run] of behind.entries()) {
    place = goOn(entry, place, run, at === behind.length - 1);
    if (place === null) return null;
  }
  return readSpan(text, start, place.offset);
}

/** Where Han that end before the key's begin start, -1 when others stand there. */
function beginOfHan({ text, start }: KeyedText, han: string): number {
  const end = text.charAt(start - 1) === ' ' ? start - 1 : start;
  const begin = end - han.length;
  return begin >= 0 && hanStandsAt(text, begin, han) ? begin : -1;
}

/** The place behind a further run, null when it does not stand there. */
function goOn(entry: KeyedText, from: Meeting, run: TypedRun, isLast: boolean): Meeting | null {
  if (run.kind === 'spelled') {
    const { key } = entry;
    const keys = isLast ? typedRomaji(run.text) : [canonicalRomaji(run.text).key];
    const said = keys.find((beginning) => key.startsWith(beginning, from.letters));
    if (said === undefined) return null;
    const place = meetAfter(entry, from, from.letters + said.length);
    return isLast || place.letters === from.letters + said.length ? place : null;
  }
  for (const begin of [from, skipUnheard(entry, from)]) {
    if (!hanStandsAt(entry.text, begin.offset, run.text)) continue;
    const end = begin.offset + run.text.length;
    const place = meetAtOffset(entry, begin, end);
    // At its end a typed text may stop inside a kanji word that is read as a whole.
    if (place !== null || isLast) return place ?? { ...begin, offset: end };
  }
  return null;
}
