import type { FastifyInstance } from 'fastify';
import { HttpProblem, quoteEcho } from './http-problem.ts';

/** 404 for unknown paths; for known ones asked with another method 405, and 204 for OPTIONS. */
export function serveUnknownRoutes(server: FastifyInstance): void {
  const methodsByPath = new Map<string, Set<string>>();
  server.addHook('onRoute', ({ path, method }) => {
    const methods = methodsByPath.get(path) ?? new Set(['OPTIONS']);
    methodsByPath.set(path, methods);
    for (const one of Array.isArray(method) ? method : [method]) methods.add(one);
  });
  // Routes that take a body say so in their own scope (request-body.ts); elsewhere it is thrown away unread.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
  server.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.raw.url ?? '');
    const methods = methodsByPath.get(path) ?? methodsByPath.get(patternOf(path));
    if (methods === undefined) {
      throw new HttpProblem(
        404,
        'not_found',
        `Expected a path of /openapi.json, got ${quoteEcho(path)}`,
      );
    }
    const allow = [...methods].sort().join(', ');
    if (request.method === 'OPTIONS') return reply.code(204).header('allow', allow).send();
    throw new HttpProblem(405, 'method_not_allowed', `Expected ${allow}, got ${request.method}`, {
      headers: { allow },
    });
  });
}

/** A path with a parameter for its last part. */
function patternOf(path: string): string {
  return path.replace(/(?<=^\/v1\/users\/)[^/]+$/, ':user');
}

/** The path that the router saw: decoded, and without the origin that a request through a proxy names. */
function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)[0] ?? '';
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
