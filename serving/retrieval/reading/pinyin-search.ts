import {
  isHan,
  pinyinLetters,
  readHan,
  readingsOf,
  withUmlauts,
} from '../../../dictionaries/reading/pinyin.ts';
import { beginOf, hanStandsAt, meetAfter, readSpan, skipUnheard } from './key-walk.ts';
import {
  initialsOf,
  isFullPinyin,
  type PinyinReading,
  type PinyinUnit,
  pinyinReadings,
} from './pinyin-units.ts';
import { COSTS, type KeyedText, type KeyQuestion, type Span } from './text-key-lookup.ts';
import type { TypedReading, TypedRun } from './typed-runs.ts';

/** Ways to read the whole typed text that are looked up at most. */
const MOST_READINGS = 8;
const VOWEL = /[aeiouv]/;

/** Letters without spaces, and where spaces stood: syllables end there. */
interface Letters {
  readonly text: string;
  readonly breaks: readonly number[];
}

/**
 * Where to look for Chinese. Letters alone: as the beginning of full pinyin; where they cannot be that, or have no vowel, as initials; where
 * they cannot be that, as syllables of which some are cut short. Among Han: in the same ways, Han standing for themselves at their place.
 */
export function pinyinQuestions(reading: TypedReading): KeyQuestion[] {
  const { runs, hasHan, finished } = reading;
  if (hasHan) return questionsAmongHan(reading);
  const run = runs[0]!;
  const letters = lettersOf(run, pinyinLetters);
  const questions = questionsOf(letters, finished, 0);
  const other = lettersOf(run, (part) => withUmlauts(pinyinLetters(part)));
  if (other.text !== letters.text) questions.push(...questionsOf(other, finished, COSTS.umlaut));
  return questions;
}

function questionsOf(letters: Letters, finished: boolean, extra: number): KeyQuestion[] {
  const { text, breaks } = letters;
  const match = (entry: KeyedText) => matchLetters(entry, letters, finished);
  const questions: KeyQuestion[] = [
    { kind: 'pinyin', key: text, bits: COSTS.pinyin + extra, match },
  ];
  const isFull = isFullPinyin(text, breaks);
  if (!isFull || !VOWEL.test(text)) {
    questions.push({ kind: 'pinyinInitials', key: text, bits: COSTS.initials + extra, match });
  }
  if (isFull) return questions;
  for (const { units } of pinyinReadings(text, breaks, !finished)) {
    const initials = initialsOf(units);
    if (units.length < 2 || initials === text) continue;
    questions.push(unitQuestion(units, COSTS.mixed + extra));
  }
  return questions;
}

function unitQuestion(units: readonly PinyinUnit[], bits: number): KeyQuestion {
  return {
    kind: 'pinyinInitials',
    key: initialsOf(units),
    bits,
    match: (entry) => matchUnits(entry, units),
  };
}

function questionsAmongHan({ runs, finished }: TypedReading): KeyQuestion[] {
  let readings: PinyinReading[] = [{ units: [], cut: 0 }];
  for (const [at, run] of runs.entries()) {
    const isLast = at === runs.length - 1 && !finished;
    const ways = run.kind === 'han' ? hanUnits(run.text) : spelledUnits(run, isLast);
    readings = readings
      .flatMap((before) =>
        ways.map((way) => ({ units: [...before.units, ...way.units], cut: before.cut + way.cut })),
      )
      .slice(0, MOST_READINGS);
  }
  return readings.map(({ units, cut }) => {
    if (cut > 0) return unitQuestion(units, COSTS.composing + COSTS.mixed - COSTS.pinyin);
    const key = units.map(({ text, syllable }) => syllable ?? text).join('');
    return {
      kind: 'pinyin',
      key,
      bits: COSTS.composing,
      match: (entry) => matchFullUnits(entry, units),
    };
  });
}

function spelledUnits(run: TypedRun, isLast: boolean): readonly PinyinReading[] {
  const { text, breaks } = lettersOf(run, pinyinLetters);
  return pinyinReadings(text, breaks, isLast);
}

/** Han as units, by the reading of the phrase; a character alone by each of its readings. */
function hanUnits(han: string): PinyinReading[] {
  const characters = Array.from(han);
  const readings =
    characters.length === 1 ? readingsOf(han).map((reading) => [reading]) : [readHan(han)];
  return readings.map((syllables) => ({
    units: characters.map((text, at) => {
      const syllable = syllables[at]!;
      return { kind: 'han', text, initials: syllable, syllable };
    }),
    cut: 0,
  }));
}

function lettersOf({ text, breaks }: TypedRun, convert: (part: string) => string): Letters {
  let letters = '';
  const places: number[] = [];
  let from = 0;
  for (const at of [...breaks.filter((place) => place > 0), text.length]) {
    letters += convert(text.slice(from, at));
    if (at < text.length) places.push(letters.length);
    from = at;
  }
  return { text: letters, breaks: places };
}

/** Letters match where the key begins with them, if each break is the end of a step, and the end too when a space follows. */
function matchLetters(entry: KeyedText, { text, breaks }: Letters, finished: boolean): Span | null {
  let place = beginOf(entry);
  for (const at of breaks) {
    place = meetAfter(entry, place, at);
    if (place.letters !== at) return null;
  }
  place = meetAfter(entry, place, text.length);
  if (finished && place.letters !== text.length) return null;
  return readSpan(entry.text, entry.start, place.offset);
}

/** As `matchLetters`, with the Han among the units at their places. */
function matchFullUnits(entry: KeyedText, units: readonly PinyinUnit[]): Span | null {
  let place = beginOf(entry);
  let letters = 0;
  for (const { kind, text, syllable } of units) {
    const begin = skipUnheard(entry, place);
    if (kind === 'han' && !hanStandsAt(entry.text, begin.offset, text)) return null;
    letters += (syllable ?? text).length;
    place = meetAfter(entry, begin, letters);
    if (kind !== 'beginning' && place.letters !== letters) return null;
  }
  return readSpan(entry.text, entry.start, place.offset);
}

/** Units match where each stands for the character at its place: the keys' initials have led here, the readings decide. */
function matchUnits(entry: KeyedText, units: readonly PinyinUnit[]): Span | null {
  const { text, steps, start } = entry;
  let place = beginOf(entry);
  for (const unit of units) {
    const begin = skipUnheard(entry, place);
    if (begin.step >= steps.length) return null;
    const end = begin.offset + steps[begin.step + 1]!;
    if (!standsFor(unit, text.slice(begin.offset, end))) return null;
    place = { step: begin.step + 2, letters: begin.letters + steps[begin.step]!, offset: end };
  }
  return readSpan(text, start, place.offset);
}

function standsFor({ kind, text }: PinyinUnit, written: string): boolean {
  if (!isHan(written)) return false;
  if (kind === 'han') return hanStandsAt(written, 0, text);
  const readings = readingsOf(written);
  return kind === 'syllable'
    ? readings.includes(text)
    : readings.some((reading) => reading.startsWith(text));
}
