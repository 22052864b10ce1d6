import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ChildOrder } from './publishing-child.ts';
import { samplePublication } from './sample-snapshots.ts';

export interface ChildEnd {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly output: string;
}

/** Starts the program of `publishing-child.ts`, bundled once, as Node 20 runs no TypeScript by itself. */
export class ChildProgram {
  readonly #script: string;
  readonly #segmentFile: string;
  readonly #defaults: ChildOrder;

  constructor(folder: string, number: number) {
    this.#script = join(folder, 'publishing-child.mjs');
    this.#segmentFile = join(folder, 'segment-to-publish.ft');
    this.#defaults = {
      indexDir: folder,
      action: 'publish',
      fault: 'none',
      at: 0,
      segmentFile: this.#segmentFile,
      info: samplePublication(number).info,
      names: [],
    };
  }

  /** Builds the program into `folder`; what it publishes is the sample of `number`. */
  static async prepare(folder: string, number: number): Promise<ChildProgram> {
    const program = new ChildProgram(folder, number);
    await writeFile(program.#segmentFile, samplePublication(number).segment);
    await build({
      entryPoints: [fileURLToPath(new URL('publishing-child.ts', import.meta.url))],
      outfile: program.#script,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'warning',
    });
    return program;
  }

  start(order: Partial<ChildOrder>): ChildProcess {
    const argument = JSON.stringify({ ...this.#defaults, ...order });
    return spawn(process.execPath, [this.#script, argument], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  }

  /** Runs it to its end, whichever that is. */
  run(order: Partial<ChildOrder>): Promise<ChildEnd> {
    const child = this.start(order);
    child.stdin?.end();
    return endOf(child);
  }
}

export function endOf(child: ChildProcess): Promise<ChildEnd> {
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
}
