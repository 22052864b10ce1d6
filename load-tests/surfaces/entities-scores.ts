import { RunMatches, walkRuns } from '../../dictionaries/mentions/run-walk.ts';
import { TextScan } from '../../dictionaries/mentions/text-scan.ts';
import {
  AFTER_BREAK,
  CAPITAL,
  HANDLE,
  HAS_LETTER,
  HASHTAG,
} from '../../dictionaries/mentions/word-flags.ts';
import type { Linker } from '../../indexer/segment/linker-section.ts';
import type { LabelledText } from './entities-items.ts';

/** How well spans meet the labelled ones; only a span with both its ends right counts. */
export interface SpanScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly spans: number;
  readonly labels: number;
}

/** Finds spans in a text, as `start-end`. */
export type SpanFinder = (text: string) => readonly string[];

export function scoreSpans(items: readonly LabelledText[], find: SpanFinder): SpanScore {
  let right = 0;
  let spans = 0;
  let labels = 0;
  for (const { text, gold } of items) {
    const found = find(text);
    spans += found.length;
    labels += gold.size;
    for (const span of found) if (gold.has(span)) right++;
  }
  const precision = spans === 0 ? 0 : right / spans;
  const recall = labels === 0 ? 0 : right / labels;
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, spans, labels };
}

/** The baseline of plain matching: every surface of the index, the longest from the left. */
export function dictionaryFinder(linker: Linker): SpanFinder {
  const scan = new TextScan();
  const matches = new RunMatches();
  return (text) => {
    scan.scan(text);
    walkRuns(scan, linker, matches);
    const spans: string[] = [];
    let reached = 0;
    for (let i = 0; i < matches.count; i++) {
      const first = matches.firsts[i]!;
      const isLongest = i + 1 === matches.count || matches.firsts[i + 1] !== first;
      if (!isLongest || first < reached) continue;
      reached = matches.lasts[i]!;
      spans.push(`${scan.starts[first]}-${matches.ends[i]}`);
    }
    return spans;
  };
}

/** The baseline of capitalised runs: neighbouring words with capitals that no punctuation parts. */
export function capitalsFinder(): SpanFinder {
  const scan = new TextScan();
  const isCapital = (flags: number): boolean =>
    (flags & (CAPITAL | HAS_LETTER)) === (CAPITAL | HAS_LETTER) &&
    (flags & (HASHTAG | HANDLE)) === 0;
  return (text) => {
    scan.scan(text);
    const spans: string[] = [];
    for (let first = 0; first < scan.count; ) {
      let last = first;
      const goesOn = () => last === first || (scan.flags[last]! & AFTER_BREAK) === 0;
      while (last < scan.count && isCapital(scan.flags[last]!) && goesOn()) last++;
      if (last > first) spans.push(`${scan.starts[first]}-${scan.ends[last - 1]}`);
      first = Math.max(last, first + 1);
    }
    return spans;
  };
}
