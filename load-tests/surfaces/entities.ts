/**
 * Figures of comment entities: precision, recall and F1 of linked spans on labelled posts and on a simulated world, beside plain matching and capitalised runs in the same
 * run, and the megabytes of comments a second.
 *
 *   entities.js --index DIR [--posts wnut17-train.conll] [--world DIR] [--speed comments.ndjson] [--limit 20]
 */
import { parseArgs } from 'node:util';
import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import { EntityLinker } from '../../serving/surfaces/entities/entity-linker.ts';
import { type LabelledText, readLines, readPosts, readWorldComments } from './entities-items.ts';
import {
  capitalsFinder,
  dictionaryFinder,
  type SpanFinder,
  scoreSpans,
} from './entities-scores.ts';

const ROUNDS = 7;
const BATCH = 200;

const { values } = parseArgs({
  options: {
    index: { type: 'string' },
    posts: { type: 'string' },
    world: { type: 'string' },
    speed: { type: 'string' },
    limit: { type: 'string', default: '20' },
  },
});
if (values.index === undefined) throw new Error('expected --index DIR');
const { segment, manifest } = await openSnapshotFiles(values.index, undefined, { checksums: true });
const linker = new EntityLinker(segment, manifest);
const limitPerText = Number(values.limit);
const linked: SpanFinder = (text) =>
  (linker.link([{ id: '', text }], { limitPerText })[0]?.entities ?? []).map(
    ({ start, end }) => `${start}-${end}`,
  );

if (values.posts !== undefined) {
  const posts = readPosts(values.posts);
  report('posts, all', posts);
  report(
    'posts, held out',
    posts.filter(({ isFitted }) => !isFitted),
  );
}
if (values.world !== undefined) report('world', readWorldComments(values.world));
if (values.speed !== undefined) measureSpeed(values.speed);

function report(name: string, items: readonly LabelledText[]): void {
  const finders: [string, SpanFinder][] = [['linked', linked]];
  if (segment.linker !== null) finders.push(['dictionary', dictionaryFinder(segment.linker)]);
  finders.push(['capitals', capitalsFinder()]);
  for (const [finder, find] of finders) {
    const { precision, recall, f1, spans, labels } = scoreSpans(items, find);
    process.stdout.write(
      `${name.padEnd(16)} ${finder.padEnd(11)} precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} ` +
        `F1 ${f1.toFixed(3)} (${spans} spans, ${labels} labels, ${items.length} texts)\n`,
    );
  }
}

/** The whole way from text to links, in batches as large as a request's, beside a loop that only looks at each code unit. */
function measureSpeed(file: string): void {
  const texts = readLines<{ readonly text: string }>(file).map(({ text }, i) => ({
    id: `${i}`,
    text,
  }));
  const megabytes = texts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;
  const linking: number[] = [];
  const scanning: number[] = [];
  let links = 0;
  let checksum = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    links = 0;
    for (let from = 0; from < texts.length; from += BATCH) {
      const batch = linker.link(texts.slice(from, from + BATCH), { limitPerText: 3 });
      for (const { entities } of batch) links += entities.length;
    }
    const linkedAt = performance.now();
    for (const { text } of texts) {
      for (let at = 0; at < text.length; at++) checksum = (checksum * 31 + text.charCodeAt(at)) | 0;
    }
    const scannedAt = performance.now();
    linking.push((megabytes * 1000) / (linkedAt - started));
    scanning.push((megabytes * 1000) / (scannedAt - linkedAt));
  }
  const [slow, median, fast] = spread(linking);
  const [, plain] = spread(scanning);
  process.stdout.write(
    `speed: ${megabytes.toFixed(2)} MB, ${links} links; ${median.toFixed(1)} MB/s (${slow.toFixed(1)} to ${fast.toFixed(1)}), ` +
      `plain scan ${plain.toFixed(0)} MB/s, ratio ${(median / plain).toFixed(4)}; node ${process.version}, checksum ${checksum}\n`,
  );
}

function spread(rates: number[]): readonly [number, number, number] {
  rates.sort((a, b) => a - b);
  return [rates[0] ?? 0, rates[rates.length >> 1] ?? 0, rates[rates.length - 1] ?? 0];
}
