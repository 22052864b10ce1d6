import type { Server as HttpServer } from 'node:http';
import { type Socket, Server as TcpServer } from 'node:net';

/**
 * Ends a server's connections without losing a request. Node's own `close` of an HTTP server ends at once every connection that
 * waits for its next request, and with them the requests that are on their way over these: under load one of nearly every
 * connection. And it leaves those that never asked anything, as browsers open them in advance, until they time out.
 */
export class ConnectionDrain {
  readonly #server: HttpServer;
  readonly #sockets = new Set<Socket>();

  /** Follows the connections from now on, at no cost to a request. */
  constructor(server: HttpServer) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /**
   * Stops accepting, and resolves when all connections have ended or `idleMs` have passed; until then each may send a request more.
   * Whatever has not sent a byte by then is ended; the rest is left to `close`.
   */
  async run(idleMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const bound = setTimeout(resolve, idleMs);
      // The listening socket's close alone, without what the HTTP server adds to it.
      TcpServer.prototype.close.call(this.#server, () => {
        clearTimeout(bound);
        resolve();
      });
    });
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}
