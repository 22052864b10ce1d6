/** What the server's query parser hands to handlers: the raw query string, which each route parses once and strictly. */
export interface RawQuery {
  readonly raw: string;
}

export const JSON_CONTENT_TYPE = 'application/json; charset=utf-8';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What `/openapi.json` says of the route; kept from Fastify's own validation, which is not strict enough here. */
    openapi?: object;
  }
}
