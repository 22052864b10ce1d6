import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A finished run of `foretype`. */
export interface MeasuredCommand {
  readonly seconds: number;
  /** The process's peak of resident memory, all its threads included. */
  readonly peakBytes: number;
  readonly stdout: string;
}

// Preloaded into the command's process: it says its own peak on a channel of its own when it ends.
const REPORT_PEAK =
  "import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS*1024)))";

/** Runs `foretype` with arguments, its standard error shown. @throws Error when it does not exit with 0 */
export async function measureCommand(args: readonly string[]): Promise<MeasuredCommand> {
  const cli = fileURLToPath(new URL('../../cli.js', import.meta.url));
  const preload = `data:text/javascript,${encodeURIComponent(REPORT_PEAK)}`;
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', preload, cli, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const [stdout, peak] = [child.stdio[1], child.stdio[3]].map((stream) => {
    const chunks: Buffer[] = [];
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString('utf8');
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (code !== 0) {
    throw new Error(`foretype ${args.join(' ')}: expected exit code 0, got ${code ?? signal}`);
  }
  return {
    seconds: (performance.now() - started) / 1000,
    peakBytes: Number(peak?.()),
    stdout: stdout?.() ?? '',
  };
}
