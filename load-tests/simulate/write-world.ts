import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Burst } from './bursts.ts';
import { writeComments } from './comments.ts';
import type { DayLog } from './day-log.ts';
import { OutputFile } from './output-file.ts';
import { DAY_MS } from './parameters.ts';
import { TimeStamp } from './time-stamp.ts';
import { describeTruth, describeUser } from './truth.ts';
import { describeVideo } from './video-text.ts';
import { readEmoji } from './vocabulary/emoji.ts';
import { LANGUAGES } from './vocabulary/languages.ts';
import { TOPICS } from './vocabulary/topics.ts';
import { liveDays, type World } from './world.ts';

/** How much was written. */
export interface WrittenWorld {
  readonly rows: number;
  readonly videos: number;
  readonly comments: number;
}

/** What the caller may want to see of it. */
export interface WriteObserver {
  onDay?(log: DayLog, day: number): void;
}

/** Lives a world and writes its logs and its truth into a folder, a day at a time (see WORLD.md for the files). */
export async function writeWorld(
  world: World,
  folder: string,
  observer: WriteObserver = {},
): Promise<WrittenWorld> {
  await mkdir(join(folder, 'truth'), { recursive: true });
  const videos = await writeVideos(world, folder);
  await writeUsers(world, folder);
  await writeUniverse(world, folder);
  const { rows, comments, burstRows } = await writeDays(world, folder, observer);
  for (const [name, content] of Object.entries(describeTruth(world, burstRows))) {
    await writeFile(join(folder, 'truth', name), `${JSON.stringify(content, null, 1)}\n`);
  }
  return { rows, videos, comments };
}

async function writeVideos(world: World, folder: string): Promise<number> {
  const emoji = readEmoji();
  const file = await OutputFile.create(join(folder, 'videos.ndjson'));
  const truth = await OutputFile.create(join(folder, 'truth', 'videos.ndjson'));
  let index = 0;
  for (const video of world.catalogue.videos) {
    const full = file.writeLine(
      JSON.stringify(describeVideo(world.options.seed, index++, video, world.phrasebook, emoji)),
    );
    if (full) await full;
    const fullTruth = truth.writeLine(
      JSON.stringify({
        video: video.id,
        topic: TOPICS[video.topic]!.id,
        subject: world.phrasebook.write(video.subject.key, video.subject.variant),
        next: video.next.map(({ key, variant }) => world.phrasebook.write(key, variant)),
      }),
    );
    if (fullTruth) await fullTruth;
  }
  await file.close();
  await truth.close();
  return index;
}

async function writeUsers(world: World, folder: string): Promise<void> {
  const file = await OutputFile.create(join(folder, 'truth', 'users.ndjson'));
  for (let user = 0; user < world.options.users; user++) {
    const full = file.writeLine(JSON.stringify(describeUser(world, user)));
    if (full) await full;
  }
  await file.close();
}

/** The head of the query universe: what the simulated suggester knew. */
async function writeUniverse(world: World, folder: string): Promise<void> {
  const file = await OutputFile.create(join(folder, 'truth', 'head-queries.tsv'));
  await file.writeLine('query\tlanguage\ttopic\tshare');
  for (const { text, language, topic, share } of world.universe.heads.flat(2)) {
    const full = file.writeLine(
      `${text}\t${LANGUAGES[language]}\t${TOPICS[topic]!.id}\t${share.toPrecision(4)}`,
    );
    if (full) await full;
  }
  await file.close();
}

async function writeDays(
  world: World,
  folder: string,
  observer: WriteObserver,
): Promise<{
  readonly rows: number;
  readonly comments: number;
  readonly burstRows: ReadonlyMap<Burst, number>;
}> {
  const create = (name: string): Promise<OutputFile> => OutputFile.create(join(folder, name));
  const queries = await create('queries.tsv');
  const rowTruth = await create(join('truth', 'rows.tsv'));
  const impressions = await create(join('truth', 'impressions.ndjson'));
  const watches = await create(join('truth', 'watches.tsv'));
  const comments = await create('comments.ndjson');
  const commentTruth = await create(join('truth', 'comments.ndjson'));
  queries.writeLine('at\tuser\tsession\tquery\tmarket\tvideo\tclicked');
  rowTruth.writeLine('kind\tintent\ttopic\twanted');
  watches.writeLine('at\tuser\tsession\tmarket\tvideo\tseconds');
  const emoji = readEmoji();
  const stamp = new TimeStamp();
  const burstOfText = new Map(
    world.bursts.flatMap((burst) => burst.texts.map((text) => [text, burst] as const)),
  );
  const burstRows = new Map<Burst, number>();
  let rowCount = 0;
  let commentCount = 0;
  let day = 0;
  for (const log of liveDays(world)) {
    for (const row of log.rows) {
      rowCount++;
      const full = queries.writeLine(
        `${stamp.write(row.atMs)}\t${row.user}\t${row.session}\t${row.query}\t${row.market}\t${row.video}\t${row.clicked}`,
      );
      if (full) await full;
      const topic = row.topic < 0 ? '' : TOPICS[row.topic]!.id;
      const wanted = row.wanted === row.query ? '' : row.wanted;
      const fullTruth = rowTruth.writeLine(`${row.kind}\t${row.intent}\t${topic}\t${wanted}`);
      if (fullTruth) await fullTruth;
      if (row.intent === 'burst') {
        const burst = burstOfText.get(row.wanted);
        if (burst !== undefined) burstRows.set(burst, (burstRows.get(burst) ?? 0) + 1);
      }
    }
    for (const { atMs, ...impression } of log.impressions) {
      const full = impressions.writeLine(JSON.stringify({ at: stamp.write(atMs), ...impression }));
      if (full) await full;
    }
    for (const watch of log.watches) {
      const full = watches.writeLine(
        `${stamp.write(watch.atMs)}\t${watch.user}\t${watch.session}\t${watch.market}\t${watch.video}\t${watch.seconds}`,
      );
      if (full) await full;
    }
    for (const { row, spans, isPersonal } of writeComments(
      world,
      emoji,
      day,
      world.split.startMs + day * DAY_MS,
    )) {
      commentCount++;
      const full = comments.writeLine(JSON.stringify(row));
      if (full) await full;
      const fullTruth = commentTruth.writeLine(
        JSON.stringify({ comment: row.comment, isPersonal, spans }),
      );
      if (fullTruth) await fullTruth;
    }
    observer.onDay?.(log, day);
    day++;
  }
  for (const file of [queries, rowTruth, impressions, watches, comments, commentTruth])
    await file.close();
  return { rows: rowCount, comments: commentCount, burstRows };
}
