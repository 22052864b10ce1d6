import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Checkpoint, type CheckpointedState } from '../../../serving/events/checkpoint.ts';

const LOG = { id: 'abcdefghijklmnop', end: 1_000 };
const folders: string[] = [];
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'foretype-checkpoint-'));
  folders.push(folder);
});
afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true }))));

class Text implements CheckpointedState {
  readonly name = 'text';
  reached = 0;
  text = '';

  encode(): Buffer {
    return Buffer.from(this.text);
  }

  restore(bytes: Buffer, reached: number): void {
    this.text = bytes.toString();
    this.reached = reached;
  }
}

async function open(state: CheckpointedState, log = LOG, place = folder) {
  const reports: string[] = [];
  const report = (line: string) => reports.push(line);
  const checkpoint = await Checkpoint.open({ folder: place, log, state, report });
  return { checkpoint, reports };
}

async function written(text: string, reached: number): Promise<string> {
  const state = new Text();
  const { checkpoint } = await open(state);
  Object.assign(state, { text, reached });
  await checkpoint.close();
  return path.join(folder, 'text.checkpoint');
}

describe('a checkpoint', () => {
  it('gives back what was written, with where it had come to', async () => {
    const file = await written('what was known', 7);
    const state = new Text();
    const { checkpoint, reports } = await open(state);
    expect([state.text, state.reached, reports]).toEqual(['what was known', 7, []]);
    const before = await readFile(file);
    await checkpoint.close();
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(folder)).toEqual(['text.checkpoint']);
  });

  it('is not used when any byte differs or it is cut anywhere, and says so; none is no fault', async () => {
    const file = await written('known', 7);
    const bytes = await readFile(file);
    for (let at = 0; at < bytes.length; at++) {
      for (const content of [flipped(bytes, at), bytes.subarray(0, at)]) {
        await writeFile(file, content);
        const state = new Text();
        const { checkpoint, reports } = await open(state);
        expect([state.text, state.reached, reports.length]).toEqual(['', 0, 1]);
        // Ends without writing, so that the next one is looked at.
        expect(checkpoint).toBeDefined();
      }
    }
    await rm(file);
    expect((await open(new Text())).reports).toEqual([]);
  });

  it('of another log, or from beyond its end, is not used', async () => {
    await written('known', 7);
    for (const log of [
      { ...LOG, id: 'ponmlkjihgfedcba' },
      { ...LOG, end: 6 },
    ]) {
      const state = new Text();
      const { reports } = await open(state, log);
      expect([state.text, reports.length]).toEqual(['', 1]);
    }
  });

  it('has no more what was forgotten once it is persisted; what cannot be written is told', async () => {
    const file = await written('a secret', 7);
    const state = new Text();
    const { checkpoint, reports } = await open(state);
    state.text = 'forgotten';
    await checkpoint.persist();
    expect((await readFile(file)).includes('secret')).toBe(false);
    await rm(folder, { recursive: true });
    await expect(checkpoint.persist()).rejects.toThrow();
    state.reached = 8;
    await checkpoint.close();
    expect(reports).toHaveLength(1);
    folders.splice(folders.indexOf(folder), 1);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = copy[at]! ^ 1;
  return copy;
}
