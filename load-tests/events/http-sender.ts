import http from 'node:http';

/** What a server said to a batch; `null` when the connection ended before it said anything. */
export interface SentAnswer {
  readonly status: number;
  readonly body: string;
}

/** Posts batches over connections that stay open. */
export class EventSender {
  readonly #agent: http.Agent;
  readonly #port: number;

  constructor(port: number, connections: number) {
    this.#port = port;
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  }

  send(body: string | Buffer): Promise<SentAnswer | null> {
    return new Promise((resolve) => {
      const request = http.request(
        {
          host: '127.0.0.1',
          port: this.#port,
          path: '/v1/events',
          method: 'POST',
          agent: this.#agent,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
          response.on('error', () => resolve(null));
          response.on('aborted', () => resolve(null));
        },
      );
      request.on('error', () => resolve(null));
      request.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
