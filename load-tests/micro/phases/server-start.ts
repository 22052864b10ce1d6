import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const GIVE_UP_MS = 60_000;
const ASK_AGAIN_MS = 5;

/** Milliseconds from starting `foretype serve` to its first 200 from /readyz, Node's own start included. */
export async function timeServerStart(indexDir: string): Promise<number> {
  const started = performance.now();
  const cli = fileURLToPath(new URL('../../../cli.js', import.meta.url));
  const server = spawn(process.execPath, [cli, 'serve', '--index', indexDir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const address = await readAddress(server);
    while ((await statusOf(`${address}/readyz`)) !== 200) {
      if (performance.now() - started > GIVE_UP_MS) {
        throw new Error(`${address}/readyz: expected 200 within ${GIVE_UP_MS} ms`);
      }
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
    return performance.now() - started;
  } finally {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
  }
}

async function readAddress(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('the server was started without its standard output');
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.startsWith('http://')) return line.trim();
  }
  throw new Error('foretype serve: expected its address on standard output, got its end');
}

async function statusOf(address: string): Promise<number> {
  const response = await fetch(address);
  await response.arrayBuffer();
  return response.status;
}
