import { CsvRecords } from '../../../indexer/input/delimited-records.ts';
import { HOW_TO_POINT, readDataLines, readDataText } from './published-data.ts';
import { type MissingSet, TextCounter, type TextSet } from './text-set.ts';

/** Texts of a language, or of a script, with the market that it is told by. */
export interface LanguageSample extends TextSet {
  readonly market: string;
  readonly isLatin: boolean;
}

interface Wanted {
  readonly name: string;
  readonly market: string;
  /** Which texts of the source are of this script. */
  readonly holds: RegExp;
  readonly from:
    | { readonly trending: string }
    | { readonly queries: string; readonly column: number };
  readonly isLatin?: boolean;
}

const LATIN = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+$/u;

const WANTED: readonly Wanted[] = [
  { name: 'French', market: 'fr-FR', holds: LATIN, from: { trending: 'FR' }, isLatin: true },
  { name: 'German', market: 'de-DE', holds: LATIN, from: { trending: 'DE' }, isLatin: true },
  { name: 'Portuguese', market: 'pt-BR', holds: LATIN, from: { trending: 'BR' }, isLatin: true },
  { name: 'Spanish', market: 'es-MX', holds: LATIN, from: { trending: 'MX' }, isLatin: true },
  {
    name: 'Chinese',
    market: 'zh-CN',
    holds: /\p{Script=Han}/u,
    from: { queries: 'sogou-2008.tsv', column: 2 },
  },
  {
    name: 'Japanese',
    market: 'ja-JP',
    holds: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
    from: { trending: 'JP' },
  },
  { name: 'Korean', market: 'ko-KR', holds: /\p{Script=Hangul}/u, from: { trending: 'KR' } },
  { name: 'Russian', market: 'ru-RU', holds: /\p{Script=Cyrillic}/u, from: { trending: 'RU' } },
  { name: 'Hindi', market: 'hi-IN', holds: /\p{Script=Devanagari}/u, from: { trending: 'IN' } },
];

/** Fewer texts say nothing of a script. */
const LEAST_TEXTS = 50;

/**
 * Samples of real text by language: web queries, and phrases of trending videos (their tags and what stands between the marks of
 * their titles). Small, from some fifty to a few thousand texts, so that nearly every word is a new one: an upper bound for a large
 * index. Of Greek, Arabic and Thai there is no real data.
 */
export function languageSamples(): {
  readonly present: readonly LanguageSample[];
  readonly missing: readonly MissingSet[];
} {
  const present: LanguageSample[] = [];
  const missing: MissingSet[] = [];
  for (const wanted of WANTED) {
    const sample = readSample(wanted);
    if ('reason' in sample) missing.push(sample);
    else present.push(sample);
  }
  return { present, missing };
}

function readSample({
  name,
  market,
  holds,
  from,
  isLatin = false,
}: Wanted): LanguageSample | MissingSet {
  const texts = 'trending' in from ? trendingPhrases(from.trending) : queriesOf(from);
  if (texts === null) return { name, reason: `its file is not here; ${HOW_TO_POINT}` };
  const counter = new TextCounter();
  for (const text of texts) if (holds.test(text)) counter.add(text, 1);
  const counted = counter.texts();
  if (counted.length < LEAST_TEXTS) {
    return { name, reason: `${counted.length} texts are fewer than ${LEAST_TEXTS}` };
  }
  const source = 'trending' in from ? `phrases of trending videos, ${from.trending}` : from.queries;
  return { name, description: source, texts: counted, market, isLatin };
}

function queriesOf({ queries, column }: { queries: string; column: number }): string[] | null {
  const lines = readDataLines('queries', queries);
  return lines?.map((line) => line.split('\t')[column]?.replace(/^\[(.*)\]$/u, '$1') ?? '') ?? null;
}

/** What ends a phrase in a title: anything but letters, marks, digits and spaces, save what stands inside a word. */
const BETWEEN_PHRASES = /[^\p{L}\p{M}\p{N}\s'’&.ー-]+|\s-\s/u;

function trendingPhrases(region: string): string[] | null {
  const text = readDataText('videos', 'trending-2018', `${region}.csv`);
  if (text === null) return null;
  const rows: (readonly string[])[] = [];
  const records = new CsvRecords({
    record: (row) => rows.push(row),
    malformed: (line, reason) => {
      throw new Error(`${region}.csv:${line}: expected CSV, got ${reason}`);
    },
  });
  const lineBreaks = text.split('\n').length - 1;
  records.push({ text, firstLine: 1, invalidLines: [], lineBreaks });
  records.finish();
  const [header = [], ...videos] = rows;
  const [title, tags] = [header.indexOf('title'), header.indexOf('tags')];
  return videos.flatMap((video) => [
    ...(video[title] ?? '').split(BETWEEN_PHRASES),
    ...(video[tags] ?? '').replaceAll('"', '').split('|'),
  ]);
}
