import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { LexiconSet } from '../dictionaries/lexicon/lexicon-set.ts';
import { mineEvidence } from './build-evidence.ts';
import { checkInputs, readInputs } from './build-inputs.ts';
import {
  type BuildReport,
  describeSnapshot,
  reportBuild,
  type StepsReport,
} from './build-report.ts';
import { Workspace } from './clean/workspace.ts';
import { listEvents } from './event-lists.ts';
import type { BuildIo, IndexOptions } from './index-options.ts';
import { readLexicon } from './lexicon-files.ts';
import { makeOutputFolder } from './output-folder.ts';
import { withBuildLock } from './segment/build-lock.ts';
import { leftoverName } from './segment/leftovers.ts';
import { type Publication, publishSnapshot } from './segment/publish.ts';
import { assembleSegment } from './segment-assembly.ts';

/**
 * Builds a snapshot from query logs and lists of videos and makes it current in `indexDir`; the same input and options give the same bytes.
 * What it works with lies in a passing folder of `indexDir`, which is removed in the end, or by the next build.
 *
 * Throws `BuildError` for wrong usage, unreadable input, a malformed lexicon file or too many malformed rows, and `SegmentError` when another build
 * runs; in every case the snapshot before stays current.
 */
export async function buildIndex(options: IndexOptions, io: BuildIo): Promise<BuildReport> {
  await checkInputs(options);
  const lexicon =
    options.lexicon === undefined ? LexiconSet.EMPTY : await readLexicon(options.lexicon);
  await makeOutputFolder(options.indexDir);
  return withBuildLock(options.indexDir, async () => {
    const folder = join(options.indexDir, leftoverName('work'));
    await mkdir(folder);
    try {
      const { publication, report } = await build(folder, options, lexicon, io);
      io.onStep('publishing');
      const { snapshot } = await publishSnapshot(options.indexDir, publication);
      return { ...report, snapshot, segmentBytes: publication.segment.byteLength };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** What is left of a build when its workspace is gone. */
interface Built {
  readonly publication: Publication;
  readonly report: StepsReport;
}

/** The steps of a build, in their order; `folder` is for what passes. */
async function build(
  folder: string,
  given: IndexOptions,
  lexicon: LexiconSet,
  io: BuildIo,
): Promise<Built> {
  const { events, options } = await listEvents(folder, given, io.onStep);
  const workspace = await Workspace.open({
    folder,
    memoryBytes: options.memoryBytes,
    threads: availableParallelism(),
  });
  try {
    const inputs = await readInputs(workspace, options, given, io);
    const evidence = await mineEvidence(workspace, inputs, options, io);
    const assembled = await assembleSegment(workspace, inputs, evidence, { options, lexicon }, io);
    const findings = { inputs, events, evidence, assembled, lexicon };
    const info = describeSnapshot(findings, given);
    const records = evidence.variants === null ? [] : [evidence.variants.audit];
    const publication = { segment: assembled.segment, info, records };
    return { publication, report: reportBuild(findings) };
  } finally {
    workspace.close();
  }
}
