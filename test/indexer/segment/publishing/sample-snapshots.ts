import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { SnapshotInfo } from '../../../../indexer/segment/manifest.ts';
import { type Publication, publishSnapshot } from '../../../../indexer/segment/publish.ts';
import { SegmentBuilder } from '../../../../indexer/segment/segment-builder.ts';

const CITIES = ['berlin', 'boston', 'lima', 'lyon', 'nairobi', 'oslo', 'osaka', 'paris', 'quito'];

/** A publication whose content is its number's: different numbers give different snapshots. */
export function samplePublication(number: number): Publication {
  const builder = new SegmentBuilder();
  const completions = CITIES.length + number;
  for (let i = 0; i < completions; i += 1) {
    const normalised = `${CITIES[i % CITIES.length]} ${i < CITIES.length ? 'weather' : `map ${i}`}`;
    builder.add({ normalised, surface: normalised, score: 1000 - i });
  }
  return { segment: builder.finish(), info: sampleInfo(completions) };
}

export function sampleInfo(completions: number): SnapshotInfo {
  return {
    asOf: '2026-01-31T00:00:00.000Z',
    market: 'en-US',
    markets: [{ market: 'en-US', completions }],
    completions,
    minUsers: 5,
    group: 'variants',
    safety: true,
    halfLifeDays: 30,
    input: { rows: 1200, malformedRows: 3 },
  };
}

export async function publishSample(indexDir: string, number: number): Promise<string> {
  return (await publishSnapshot(indexDir, samplePublication(number))).snapshot;
}

/** Gives a fresh folder for each call; all are removed after each test of the file. */
export function temporaryFolders(): () => Promise<string> {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'foretype-publishing-'));
    folders.push(folder);
    return folder;
  };
}

/** Names in an index folder that only working processes keep there. */
export async function passingFiles(indexDir: string): Promise<readonly string[]> {
  const names = [...(await readdir(indexDir)), ...(await readdir(join(indexDir, 'snapshots')))];
  return names.filter((name) => name.startsWith('.'));
}

/** Flips one bit of a copy. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  flipped[bit >> 3]! ^= 1 << (bit & 7);
  return flipped;
}
