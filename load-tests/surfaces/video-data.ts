import { normalise } from '../../dictionaries/normalise.ts';
import { CsvRecords } from '../../indexer/input/delimited-records.ts';
import { readDataLines, readDataText } from '../typing/texts/published-data.ts';

/** A video with the searches that found it. */
export interface FoundVideo {
  readonly id: string;
  readonly title: string;
  readonly comments: readonly string[];
  /** Normalised; any of them counts. */
  readonly keywords: ReadonlySet<string>;
}

export interface VideoData {
  /** By id. */
  readonly videos: readonly FoundVideo[];
  readonly keywords: readonly string[];
  /** Other searches, as they were written, with a measure of their popularity. */
  readonly otherQueries: ReadonlyMap<string, number>;
}

/** The 1,900 videos with the keyword that found each, their comments, and the queries of another log; null when they are not on this machine. */
export function readVideoData(): VideoData | null {
  const videoText = readDataText('videos', 'youtube-2022-videos.csv');
  const commentText = readDataText('comments', 'youtube-2022-comments.csv');
  const log = readDataLines('queries', 'bing-2020-01-by-country.tsv');
  if (videoText === null || commentText === null || log === null) return null;
  const comments = new Map<string, string[]>();
  for (const { 'Video ID': id = '', Comment: text = '' } of readCsv(commentText)) {
    const held = comments.get(id);
    if (held === undefined) comments.set(id, [text]);
    else held.push(text);
  }
  const videos = new Map<string, FoundVideo & { readonly keywords: Set<string> }>();
  for (const { 'Video ID': id = '', Title: title = '', Keyword = '' } of readCsv(videoText)) {
    const keyword = normalise(Keyword);
    const known = videos.get(id);
    if (known !== undefined) known.keywords.add(keyword);
    else {
      const keywords = new Set([keyword]);
      videos.set(id, { id, title, comments: comments.get(id) ?? [], keywords });
    }
  }
  const otherQueries = new Map<string, number>();
  for (const line of log.slice(1)) {
    const [, query = '', , , popularity = '1'] = line.split('\t');
    otherQueries.set(query, (otherQueries.get(query) ?? 0) + Number(popularity));
  }
  const sorted = [...videos.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const keywords = new Set(sorted.flatMap((video) => [...video.keywords]));
  return { videos: sorted, keywords: [...keywords].sort(), otherQueries };
}

/** The rows of a CSV file by the names of its header. */
export function readCsv(text: string): Record<string, string>[] {
  const rows: Record<string, string>[] = [];
  let header: readonly string[] | null = null;
  const records = new CsvRecords({
    record: (fields) => {
      if (header === null) header = fields;
      else rows.push(Object.fromEntries(header.map((name, i) => [name, fields[i] ?? ''])));
    },
    malformed: () => {},
  });
  const lineBreaks = text.split('\n').length - 1;
  records.push({ text, firstLine: 1, lineBreaks, invalidLines: [] });
  records.finish();
  return rows;
}
