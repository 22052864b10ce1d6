import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Whether this machine can run Redis; suites that need it say that they are left out where it cannot. */
export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;
/** For the name of a suite that is skipped without it. */
export const WITHOUT_REDIS = HAS_REDIS ? '' : ' (LEFT OUT: redis-server is not installed)';

/** A Redis server of a test's own: on this machine alone, keeping nothing on disk. */
export class RedisServer {
  readonly port: number;
  readonly #folder: string;
  readonly #more: readonly string[];
  #process: ChildProcess | null = null;

  private constructor(port: number, folder: string, more: readonly string[]) {
    this.port = port;
    this.#folder = folder;
    this.#more = more;
  }

  /** Starts one on a free port; `more` are further settings, as `--cluster-enabled yes`. */
  static async start(more: readonly string[] = []): Promise<RedisServer> {
    for (let attempt = 1; ; attempt++) {
      const folder = await mkdtemp(path.join(tmpdir(), 'foretype-redis-'));
      const server = new RedisServer(await freePort(), folder, more);
      try {
        await server.resume();
        return server;
      } catch (error) {
        // Somebody else took the port between the look and the start.
        await rm(folder, { recursive: true, force: true });
        if (attempt === 5) throw error;
      }
    }
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it (again, empty), and resolves when it answers. */
  async resume(): Promise<void> {
    const child = spawn(
      'redis-server',
      [
        ...['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.#folder],
        ...['--save', '', '--appendonly', 'no', ...this.#more],
      ],
      { stdio: 'ignore' },
    );
    this.#process = child;
    const ended = once(child, 'exit').then(() => {
      throw new Error(`redis-server on port ${this.port} ended before it answered`);
    });
    await Promise.race([this.#untilItAnswers(), ended]);
  }

  /** Kills it, without a chance to say goodbye. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Lets it stand still (`SIGSTOP`), connections open, and go on. */
  freeze(isFrozen: boolean): void {
    this.#process?.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT');
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** That a login is needed is an answer, too. */
  async #untilItAnswers(): Promise<void> {
    while (!(await isAnswering(this.port))) await setTimeout(20);
  }
}

function isAnswering(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('data', () => end(true)).once('error', () => end(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  // The bus of a cluster node has the port 10,000 above.
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return address.port < 55_000 ? address.port : freePort();
}
