import {
  beginsSyllable,
  isSyllable,
  LONGEST_SYLLABLE,
} from '../../../dictionaries/reading/pinyin.ts';

/** What one Han character is typed by: itself, its whole syllable, or a beginning of it. */
export interface PinyinUnit {
  readonly kind: 'han' | 'syllable' | 'beginning';
  readonly text: string;
  /** The letters its initial is the first of. */
  readonly initials: string;
  /** How a character that was typed itself is read. */
  readonly syllable?: string;
}

/** A way to take typed letters apart. */
export interface PinyinReading {
  readonly units: readonly PinyinUnit[];
  /** Syllables cut short before the end. */
  readonly cut: number;
}

/** Ways that are kept at each place: those with the fewest syllables cut short. */
const MOST_WAYS = 8;
const INITIAL = /^(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)$/;

/**
 * Whether letters are whole syllables one after the other, the last one perhaps unfinished; none of which crosses a break. `xian` and
 * `beij` are, `bjdx` is not.
 */
export function isFullPinyin(letters: string, breaks: readonly number[]): boolean {
  const reached = new Set([0]);
  for (let from = 0; from < letters.length; from++) {
    if (!reached.has(from)) continue;
    for (let end = from + 1; end <= endOfUnit(letters.length, from, breaks); end++) {
      const part = letters.slice(from, end);
      if (isSyllable(part) || (end === letters.length && beginsSyllable(part))) reached.add(end);
    }
  }
  return reached.has(letters.length);
}

/**
 * The ways to take letters apart into syllables and beginnings of syllables (`beijdx` is bei j d x), each set of initials once, fewest
 * syllables cut short first, at most 8. Before the end, only an initial (b, zh) stands for its syllable. Time: linear in the letters.
 */
export function pinyinReadings(
  letters: string,
  breaks: readonly number[],
  isLast: boolean,
): readonly PinyinReading[] {
  const ways: Map<string, PinyinReading>[] = Array.from(letters, () => new Map());
  ways.push(new Map());
  ways[0]!.set('', { units: [], cut: 0 });
  for (let from = 0; from < letters.length; from++) {
    const here = fewestCut(ways[from]!);
    for (let end = from + 1; end <= endOfUnit(letters.length, from, breaks); end++) {
      const unit = unitOf(letters.slice(from, end), isLast && end === letters.length);
      if (unit === null) continue;
      const cut = unit.kind === 'beginning' && !(isLast && end === letters.length) ? 1 : 0;
      for (const way of here) {
        offer(ways[end]!, { units: [...way.units, unit], cut: way.cut + cut });
      }
    }
  }
  return fewestCut(ways[letters.length]!);
}

/** The first letters of a reading's syllables. */
export function initialsOf(units: readonly PinyinUnit[]): string {
  return units.map(({ initials }) => initials.charAt(0)).join('');
}

function unitOf(part: string, isEnd: boolean): PinyinUnit | null {
  const initials = part.charAt(0);
  if (isSyllable(part)) return { kind: 'syllable', text: part, initials };
  if (isEnd ? beginsSyllable(part) : INITIAL.test(part))
    return { kind: 'beginning', text: part, initials };
  return null;
}

function offer(ways: Map<string, PinyinReading>, way: PinyinReading): void {
  const initials = initialsOf(way.units);
  const known = ways.get(initials);
  if (known === undefined || way.cut < known.cut) ways.set(initials, way);
}

function fewestCut(ways: ReadonlyMap<string, PinyinReading>): PinyinReading[] {
  return [...ways.values()]
    .sort((a, b) => a.cut - b.cut || a.units.length - b.units.length)
    .slice(0, MOST_WAYS);
}

function endOfUnit(length: number, from: number, breaks: readonly number[]): number {
  const nextBreak = breaks.find((at) => at > from) ?? length;
  return Math.min(nextBreak, from + LONGEST_SYLLABLE, length);
}
