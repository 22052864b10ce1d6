/** The part of autocannon that the load test uses; the package ships no types. */
declare module 'autocannon' {
  interface Request {
    readonly path: string;
  }
  interface Options {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    readonly requests: readonly Request[];
    /** Called for each connection before it begins. */
    readonly setupClient?: (client: Client) => void;
  }
  interface Client {
    /** What the connection asks for, over and over, instead of `requests`. */
    setRequests(requests: readonly Request[]): void;
  }
  interface Result {
    readonly requests: { readonly total: number };
    /** Seconds. */
    readonly duration: number;
    readonly latency: { readonly p50: number; readonly p99: number };
    readonly non2xx: number;
    readonly errors: number;
  }
  function autocannon(options: Options): Promise<Result>;
  export = autocannon;
}
