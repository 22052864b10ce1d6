import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import {
  type FeatureStore,
  FeatureStoreError,
  type FeatureWrite,
  type ScannedFeature,
  type StoredFeature,
} from '../../ranking/feature-store/feature-store.ts';
import { checkedKey, nextVersion } from './feature-key.ts';
import { type RedisAddress, showRedisAddress } from './redis-address.ts';
import { joinVersion, splitVersion, VERSION_BYTES } from './versioned-bytes.ts';

/** Sets a key if it begins with the expected version (nothing: if it is not there). One key, so that it runs on any node. */
const COMPARE_AND_SET = `if redis.call('GETRANGE', KEYS[1], 0, ${VERSION_BYTES - 1}) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2]) return 1 end return 0`;
const NOTHING = Buffer.alloc(0);
const CONNECT_MS = 2_000;
/** A connection on which nothing comes for so long while something is awaited is dropped and made anew. */
const SILENT_MS = 5_000;
const LONGEST_RETRY_MS = 1_000;
const SCANNED_AT_ONCE = 500;

export interface RedisFeatureStoreOptions {
  readonly address: RedisAddress;
  /** File of the certificates that the servers' are signed with; the system's when absent. */
  readonly caFile?: string | undefined;
  /** A line for the operator: the connection was lost or is back. */
  readonly report?: (line: string) => void;
}

/**
 * A feature store in a Redis server or cluster, shared by servers. A key is a string, `PREFIX NAMESPACE : KEY`, the version before its bytes (FORMAT.md). Commands of a
 * batch go out together (pipelining), and reject at once while there is no connection, which is tried anew by itself. The server must not evict keys
 * (`maxmemory-policy noeviction`).
 */
export class RedisFeatureStore implements FeatureStore {
  readonly name = 'redis';
  readonly #redis: Redis | Cluster;
  readonly #prefix: string;
  #isConnected = false;
  #isLost = false;
  #isClosed = false;

  /** Connects in the background: until then, and whenever it is lost, calls reject with `unavailable`. */
  constructor({ address, caFile, report = () => {} }: RedisFeatureStoreOptions) {
    this.#prefix = address.prefix;
    this.#redis = connect(address, caFile);
    const place = showRedisAddress(address);
    this.#redis.on('ready', () => {
      this.#isConnected = true;
      if (this.#isLost) report(`${place}: connected again`);
      this.#isLost = false;
    });
    // Also keeps the client from throwing: it retries for ever, and calls say what is wrong.
    this.#redis.on('error', (error: Error) => this.#onLost(place, error.message, report));
    this.#redis.on('close', () => this.#onLost(place, 'the connection was closed', report));
  }

  /** Resolves when there is a connection, or after a time; never rejects: a store that is not there yet may come. */
  async waitForConnection(timeoutMs: number): Promise<void> {
    if (this.#isConnected) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#redis.off('ready', done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.#redis.once('ready', done);
    });
  }

  async get(namespace: string, key: string): Promise<StoredFeature | null> {
    const name = this.#nameOf(namespace, key);
    const joined = await this.#run(() => this.#redis.getBuffer(name));
    return joined === null ? null : splitVersion(joined, `redis key ${name}`);
  }

  getMany(namespace: string, keys: readonly string[]): Promise<readonly (StoredFeature | null)[]> {
    return Promise.all(keys.map((key) => this.get(namespace, key)));
  }

  write(namespace: string, writes: readonly FeatureWrite[]): Promise<readonly (number | null)[]> {
    return Promise.all(writes.map((write) => this.#writeOne(namespace, write)));
  }

  async delete(namespace: string, keys: readonly string[]): Promise<number> {
    const removed = await Promise.all(
      keys.map((key) => this.#run(() => this.#redis.unlink(this.#nameOf(namespace, key)))),
    );
    return removed.reduce((sum, each) => sum + each, 0);
  }

  async *scan(namespace: string): AsyncIterable<ScannedFeature> {
    const begin = this.#nameOf(namespace, '-').slice(0, -1);
    const match = `${begin.replaceAll(/[\\*?[\]]/g, '\\$&')}*`;
    const nodes = this.#redis instanceof Cluster ? this.#redis.nodes('master') : [this.#redis];
    if (nodes.length === 0) await this.#run(() => Promise.reject(new Error('no node is reached')));
    for (const node of nodes) {
      let cursor = '0';
      do {
        const [next, names] = await this.#run(() =>
          node.scan(cursor, 'MATCH', match, 'COUNT', SCANNED_AT_ONCE),
        );
        cursor = next;
        const keys = names.map((name) => name.slice(begin.length));
        const found = await this.getMany(namespace, keys);
        for (const [i, key] of keys.entries()) {
          const feature = found[i];
          if (feature != null) yield { key, ...feature };
        }
      } while (cursor !== '0');
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // Commands under way are answered first; without a connection there are none.
    if (this.#isConnected) await this.#redis.quit().catch(() => {});
    this.#redis.disconnect();
  }

  async #writeOne(
    namespace: string,
    { key, bytes, expected }: FeatureWrite,
  ): Promise<number | null> {
    const name = this.#nameOf(namespace, key);
    const version = nextVersion(expected);
    const joined = joinVersion({ bytes, version });
    if (expected === 'any') {
      await this.#run(() => this.#redis.set(name, joined));
      return version;
    }
    const before = expected === null ? NOTHING : joinVersion({ bytes: NOTHING, version: expected });
    const isWritten = await this.#run(() =>
      this.#redis.eval(COMPARE_AND_SET, 1, name, before, joined),
    );
    return isWritten === 1 ? version : null;
  }

  #nameOf(namespace: string, key: string): string {
    return `${this.#prefix}${namespace}:${checkedKey(namespace, key)}`;
  }

  async #run<T>(command: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new FeatureStoreError('closed', 'redis store: it is closed');
    try {
      return await command();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new FeatureStoreError('unavailable', `redis store: ${why}`, { cause });
    }
  }

  #onLost(place: string, why: string, report: (line: string) => void): void {
    this.#isConnected = false;
    if (this.#isLost || this.#isClosed) return;
    this.#isLost = true;
    report(`${place}: ${why}; answers are not personalised until it is back`);
  }
}

function connect(address: RedisAddress, caFile: string | undefined): Redis | Cluster {
  const { hosts, isCluster, isTls, username, password, db } = address;
  const tls: ConnectionOptions = caFile === undefined ? {} : { ca: readFileSync(caFile) };
  const common = {
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    // What was sent and not answered when a connection is lost is told as lost, not sent twice.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    disableClientInfo: true,
    // Understood by every server and proxy.
    protocol: 2,
    ...(isTls ? { tls } : {}),
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
  } satisfies RedisOptions;
  const retryStrategy = (times: number) => Math.min(50 * times, LONGEST_RETRY_MS);
  if (isCluster) {
    return new Cluster([...hosts], {
      enableOfflineQueue: false,
      clusterRetryStrategy: retryStrategy,
      redisOptions: common,
      // Names in a certificate are hosts', not addresses'.
      ...(isTls ? { dnsLookup: (host, done) => done(null, host) } : {}),
    });
  }
  const [{ host, port } = { host: 'localhost', port: 6_379 }] = hosts;
  return new Redis({ ...common, host, port, db, retryStrategy, enableOfflineQueue: false });
}
