import { lookup } from 'node:dns/promises';
import type { FastifyInstance } from 'fastify';
import type { LexiconHolder } from './config/lexicon-holder.ts';
import { ConnectionDrain } from './connection-drain.ts';
import {
  type EventKnowledge,
  type EventKnowledgeOptions,
  type LearntParts,
  openEventKnowledge,
} from './event-knowledge.ts';
import { buildServer, type ServerOptions } from './http/server.ts';
import { type ClockKind, ServerClock } from './server-clock.ts';
import { SnapshotHolder } from './snapshot/snapshot-holder.ts';
import type { SnapshotSource } from './snapshot/snapshot-source.ts';

/** How long requests may take to finish once the service is told to stop. */
const DRAIN_MS = 10_000;
/** How long connections without a request may send one more, once the service is told to stop. */
const IDLE_MS = 1_000;

export interface ServiceOptions
  extends Omit<
      ServerOptions,
      | keyof LearntParts
      | 'holder'
      | 'events'
      | 'onFailure'
      | 'onOverload'
      | 'overload'
      | 'now'
      | 'cacheBytes'
      | 'lexiconVersion'
    >,
    EventKnowledgeOptions {
  /** Its engines must have been told to ask `lexicon`. */
  readonly source: SnapshotSource;
  /** Synonyms and stop words beside the snapshot's; none when absent. */
  readonly lexicon?: LexiconHolder | undefined;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How often `current`, and the files of synonyms and stop words, are looked at. */
  readonly pollMs: number;
  /** What the server counts time from; the wall clock when absent. */
  readonly clock?: ClockKind;
  readonly drainMs?: number;
  readonly idleMs?: number;
}

/** A listening server with a loaded snapshot that follows `current`. */
export interface Service extends Pick<EventKnowledge, 'personalStores' | 'profiles' | 'people'> {
  /** `http://127.0.0.1:8080`, with the port that was really taken. */
  readonly address: string;
  readonly server: FastifyInstance;
  readonly holder: SnapshotHolder;
  /** Looks at `current` now, a refused snapshot included, and reads synonyms and stop words again. */
  reload(): Promise<void>;
  /**
   * Stops accepting connections and resolves when the requests under way have been answered, or were cut after the bound.
   * Calling it again cuts them at once.
   */
  stop(): Promise<void>;
}

/**
 * Listens, then loads the current snapshot and lets the events' listeners catch up; until that is done `/readyz` or events say 503. The events stay
 * open when the service stops: they belong to the caller. Throws, with nothing left open, when the
 * address is taken or the snapshot, or a file of synonyms or stop words, cannot be loaded.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { source, host, port, pollMs, log, lexicon } = options;
  await lexicon?.load();
  const holder = new SnapshotHolder(source);
  const knowledge = await openEventKnowledge(options, new ServerClock(options.clock ?? 'wall'));
  const server = buildServer({
    ...options,
    ...knowledge.served,
    holder,
    lexiconVersion: () => (lexicon?.version ?? 0) + knowledge.clearedCaches,
    onOverload: (isOverloaded, lateMs) =>
      log(
        isOverloaded
          ? `overloaded: the event loop is ${lateMs.toFixed(0)} ms late; suggestions are refused with 503`
          : 'no longer overloaded; suggestions are answered again',
      ),
    onFailure: (error, requestId) => log(`request ${requestId} failed: ${error.stack ?? error}`),
  });
  holder.listen({
    prepare: (opened) => knowledge.prepare(opened),
    onSwapped: (current, previous) => {
      knowledge.useSnapshot(current, previous === null);
      const { name, completions } = current;
      const change = previous === null ? 'serving' : `swapped ${previous.name} for`;
      log(`${change} snapshot ${name} (${completions.toLocaleString('en')} completions)`);
    },
    onRefused: (name, error) =>
      log(`refused snapshot ${name ?? '(unreadable current)'}: ${describeError(error)}`),
  });
  // Fastify would listen on each address of `localhost` with a server of its own, which neither refuses nor drains as this one.
  const { address } = await lookup(host);
  const drain = new ConnectionDrain(server.server);
  server.addHook('preClose', () => drain.run(options.idleMs ?? IDLE_MS));
  try {
    await server.listen({ host: address, port });
    await holder.load();
    await knowledge.start();
  } catch (error) {
    await server.close();
    await knowledge.close();
    throw error;
  }
  holder.startPolling(pollMs);
  lexicon?.startPolling(pollMs);
  return {
    address: addressOf(server),
    server,
    holder,
    profiles: knowledge.profiles,
    people: knowledge.people,
    personalStores: knowledge.personalStores,
    reload: async () => {
      await Promise.all([
        holder.refresh({ retryRefused: true }),
        lexicon?.refresh({ always: true }),
      ]);
    },
    stop: createStop(server, [holder, lexicon], knowledge, options.drainMs ?? DRAIN_MS),
  };
}

function createStop(
  server: FastifyInstance,
  polled: readonly ({ stopPolling(): void } | undefined)[],
  knowledge: Pick<EventKnowledge, 'close'>,
  drainMs: number,
) {
  let stopping: Promise<void> | null = null;
  const cut = () => server.server.closeAllConnections();
  return (): Promise<void> => {
    if (stopping !== null) {
      cut();
      return stopping;
    }
    for (const each of polled) each?.stopPolling();
    const bound = setTimeout(cut, drainMs);
    stopping = server.close().then(async () => {
      clearTimeout(bound);
      await knowledge.close();
    });
    return stopping;
  };
}

function addressOf(server: FastifyInstance): string {
  const address = server.server.address();
  if (address === null || typeof address === 'string') {
    throw new Error(`expected a TCP address, got ${address}`);
  }
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

/** The message of an error that is thrown before or while the service starts, in an operator's words. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `${error.message}; choose another with --port`;
  return error.message;
}
