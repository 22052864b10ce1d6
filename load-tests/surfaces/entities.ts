/*
 * Figures of comment entities: precision, recall and F1 of linked spans beside plain matching and capitalised runs in the same run, and the megabytes of comments a second. On
 * simulated worlds of three tastes, whose truth the miner never sees; and, where the real data is, on the labelled posts of WNUT 2017 (spans only) over an index of the
 * raw comments, videos and queries. Only the posts that no weight was fitted on count.
 *
 *   npm run bench -- entities [--only real|worlds] [--users 1000] [--days 60] [--seed 1] [--work FOLDER]
 *
 * What is built lies in the folder of `--work`, and worlds that stand there are used again. Two to four minutes.
 */
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import { EntityLinker } from '../../serving/surfaces/entities/entity-linker.ts';
import { HOW_TO_POINT, readDataText } from '../typing/texts/published-data.ts';
import {
  indexEntities,
  makeRealInputs,
  makeWorldInputs,
  readInputComments,
} from './entities-inputs.ts';
import { type LabelledText, readPosts, readWorldComments } from './entities-items.ts';
import {
  capitalsFinder,
  dictionaryFinder,
  type SpanFinder,
  scoreSpans,
} from './entities-scores.ts';
import { measureSpeed } from './entities-speed.ts';

/** As many links as a text may have: what is found is measured, not the choice among it. */
const LIMIT = 20;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    users: { type: 'string', default: '1000' },
    days: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    work: { type: 'string', default: path.join(tmpdir(), 'foretype-entities') },
  },
});
const { only, work } = values;
if (only !== undefined && only !== 'real' && only !== 'worlds') {
  throw new Error(`--only: expected real or worlds, got '${only}'`);
}
if (only !== 'worlds') await reportReal();
if (only !== 'real') await reportWorlds();

async function reportReal(): Promise<void> {
  const posts = readDataText('comments', 'wnut17-train.conll');
  const inputs = await makeRealInputs(work);
  if (posts === null || inputs === null) {
    print(`labelled posts: skipped, no real data; ${HOW_TO_POINT}`);
    return;
  }
  const indexDir = await indexEntities(inputs);
  const heldOut = readPosts(posts).filter(({ isFitted }) => !isFitted);
  await reportSpans('posts held out', indexDir, heldOut);
  print(`real comments    ${await measureSpeed(indexDir, readInputComments(inputs))}`);
}

async function reportWorlds(): Promise<void> {
  const [seed, users, days] = [values.seed, values.users, values.days].map(Number) as [
    number,
    number,
    number,
  ];
  for (const taste of ['weak', 'medium', 'strong'] as const) {
    const inputs = await makeWorldInputs(work, { seed, users, days, taste });
    const indexDir = await indexEntities(inputs);
    const name = `world ${taste}`;
    await reportSpans(name, indexDir, readWorldComments(inputs.folder));
    print(`${name.padEnd(16)} ${await measureSpeed(indexDir, readInputComments(inputs))}`);
  }
}

async function reportSpans(
  name: string,
  indexDir: string,
  items: readonly LabelledText[],
): Promise<void> {
  const { segment, manifest } = await openSnapshotFiles(indexDir, undefined, { checksums: false });
  const linker = new EntityLinker(segment, manifest);
  const linked: SpanFinder = (text) =>
    (linker.link([{ id: '', text }], { limitPerText: LIMIT })[0]?.entities ?? []).map(
      ({ start, end }) => `${start}-${end}`,
    );
  const finders: [string, SpanFinder][] = [['linked', linked]];
  if (segment.linker !== null) finders.push(['dictionary', dictionaryFinder(segment.linker)]);
  finders.push(['capitals', capitalsFinder()]);
  for (const [finder, find] of finders) {
    const { precision, recall, f1, spans, labels } = scoreSpans(items, find);
    print(
      `${name.padEnd(16)} ${finder.padEnd(11)} precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} ` +
        `F1 ${f1.toFixed(3)} (${spans} spans, ${labels} labels, ${items.length} texts)`,
    );
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
