/*
 * Fits the weights of comment entities and writes indexer/entities/worth-weights.ts and serving/surfaces/entities/span-weights.ts: both were made by
 *
 *   npm run bench -- entities-fit --work FOLDER --out FOLDER && npx biome format --write FOLDER
 *
 * and copied over. An example is a span that `EntityPass` considers: a surface of the index, or a run of words with capitals that it does not know. It is one when its two
 * ends are those of a label. Learnt from: the half of the posts of WNUT 2017's training set that `readPosts` calls fitted (over an index of the raw comments, videos
 * and queries of the real data, which holds no label), and a simulated world of seed 7, which no figure is reported on. The other half of the posts, and the worlds of other
 * seeds, are never read here. The examples that are one count 1,000 times in all for the posts and 2,000 times for the world, so that neither drowns the other.
 *
 * Five regressions with a ridge of 2: one for each way in which a surface of the index is written, on what is known of it (`surfaceFeatures`) and what stands around
 * it (`companyOf`) together, whose weights are then parted in two; one for spans that the index does not know (`companyOf` and `lookOf`).
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { WRITINGS } from '../../dictionaries/mentions/writing.ts';
import { surfaceFeatures } from '../../indexer/entities/surface-worth.ts';
import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import { EntityPass } from '../../serving/surfaces/entities/entity-pass.ts';
import { COMPANY_FEATURES, LOOK_FEATURES } from '../../serving/surfaces/entities/span-features.ts';
import { readDataText } from '../typing/texts/published-data.ts';
import {
  type EntityInputs,
  indexEntities,
  makeRealInputs,
  makeWorldInputs,
} from './entities-inputs.ts';
import { type LabelledText, readPosts, readWorldComments } from './entities-items.ts';
import { companyFile, worthFile } from './entities-weight-files.ts';
import { type Examples, fitLogistic } from './logistic-fit.ts';

const RIDGE = 2;
const TRAINING_WORLD = { seed: 7, users: 1000, days: 60, taste: 'medium' } as const;
const POSTS_COUNT = 1000;
const WORLD_COUNT = 2000;
const UNKNOWN = WRITINGS;
/** Above every logit: the pass then considers all, and chooses none. */
const NO_BOUND = { known: Number.POSITIVE_INFINITY, unknown: -1e9 };

const { values } = parseArgs({
  options: {
    work: { type: 'string', default: path.join(tmpdir(), 'foretype-entities') },
    out: { type: 'string' },
  },
});
const posts = readDataText('comments', 'wnut17-train.conll');
const real = await makeRealInputs(values.work);
if (values.out === undefined) throw new Error('expected --out FOLDER');
if (posts === null || real === null) {
  throw new Error('expected the real data; point FORETYPE_REAL_DATA at its folder');
}
const world = await makeWorldInputs(values.work, TRAINING_WORLD);
const groups: Examples[] = Array.from({ length: WRITINGS + 1 }, () => ({
  rows: [],
  labels: [],
  counts: [],
}));
await gather(
  real,
  readPosts(posts).filter(({ isFitted }) => isFitted),
  POSTS_COUNT,
);
await gather(world, readWorldComments(world.folder), WORLD_COUNT);
const worthSize = groups[0]!.rows[0]!.length - COMPANY_FEATURES;
const known = groups
  .slice(0, WRITINGS)
  .map((examples) => fitLogistic(examples, worthSize + COMPANY_FEATURES, RIDGE));
const unknown = fitLogistic(groups[UNKNOWN]!, COMPANY_FEATURES + LOOK_FEATURES, RIDGE);
await mkdir(values.out, { recursive: true });
await writeFile(
  path.join(values.out, 'worth-weights.ts'),
  worthFile(known.map((weights) => weights.subarray(0, worthSize))),
);
await writeFile(
  path.join(values.out, 'span-weights.ts'),
  companyFile(
    known.map((weights) => weights.subarray(worthSize)),
    unknown.subarray(0, COMPANY_FEATURES),
    unknown.subarray(COMPANY_FEATURES),
  ),
);

/** Adds the spans of texts as the pass over their index considers them. */
async function gather(
  inputs: EntityInputs,
  items: readonly LabelledText[],
  count: number,
): Promise<void> {
  const worths: Float64Array[] = [];
  const indexDir = await indexEntities(inputs, (evidence) =>
    worths.push(surfaceFeatures(evidence)),
  );
  const { segment } = await openSnapshotFiles(indexDir, undefined, { checksums: false });
  if (segment.linker === null || segment.linker.size !== worths.length) {
    throw new Error(`expected the evidence of each surface of ${indexDir}`);
  }
  const found: { readonly group: number; readonly row: Float64Array; readonly label: number }[] =
    [];
  let gold: ReadonlySet<string> = new Set();
  const pass = new EntityPass(segment.linker, ({ start, end, surface, writing }, features) => {
    const label = gold.has(`${start}-${end}`) ? 1 : 0;
    const worth = worths[surface];
    const row =
      worth === undefined ? features.slice() : join(worth, features.subarray(0, COMPANY_FEATURES));
    found.push({ group: worth === undefined ? UNKNOWN : writing, row, label });
  });
  for (const item of items) {
    ({ gold } = item);
    pass.find(item.text, NO_BOUND);
  }
  const labelled = found.reduce((sum, { label }) => sum + label, 0);
  for (const { group, row, label } of found) {
    const examples = groups[group]!;
    examples.rows.push(row);
    examples.labels.push(label);
    examples.counts.push(count / labelled);
  }
  process.stdout.write(
    `${items.length} texts, ${found.length} spans considered, ${labelled} of them labelled\n`,
  );
}

function join(first: Float64Array, second: Float64Array): Float64Array {
  const joined = new Float64Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
