import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { describePage } from '../http/api-schemas.ts';
import { PAGE_HEADERS } from './page-headers.ts';

/** A file that is served from memory at one path. */
export interface StaticFile {
  readonly urlPath: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** The bundle of `page/main.ts`, which the build puts beside this module. */
const BUNDLE_FOLDER = fileURLToPath(new URL('./assets/', import.meta.url));
const PAGE_FOLDER = fileURLToPath(new URL('./page/', import.meta.url));

/** Reads the page at `/` and its assets; throws, naming the file, when the page was not built. */
export function readPageFiles(bundleFolder: string = BUNDLE_FOLDER): StaticFile[] {
  return [
    readStaticFile('/', path.join(PAGE_FOLDER, 'index.html'), 'text/html; charset=utf-8'),
    readStaticFile(
      '/assets/main.js',
      path.join(bundleFolder, 'main.js'),
      'text/javascript; charset=utf-8',
    ),
    readStaticFile(
      '/assets/main.css',
      path.join(bundleFolder, 'main.css'),
      'text/css; charset=utf-8',
    ),
    readStaticFile('/assets/icon.svg', path.join(PAGE_FOLDER, 'icon.svg'), 'image/svg+xml'),
  ];
}

/** The files with a key for `explain` in the page at `/`, which offers it then; the key must be base64url. */
export function withPageKey(files: readonly StaticFile[], key: string): StaticFile[] {
  return withMeta(files, 'foretype-key', key);
}

/** The files and how far the server's time is ahead of the wall clock, in milliseconds, which the page then dates its events by. */
export function withClock(files: readonly StaticFile[], aheadMs: number): StaticFile[] {
  return withMeta(files, 'foretype-clock', String(Math.round(aheadMs)));
}

/** The files and the feed of videos that the page at `/` then shows. */
export function withFeed(files: readonly StaticFile[], feed: StaticFile): StaticFile[] {
  return [...withMeta(files, 'foretype-feed', feed.urlPath), feed];
}

/** The files and the list of people that the page at `/` may then be seen as. */
export function withPeople(files: readonly StaticFile[], people: StaticFile): StaticFile[] {
  return [...withMeta(files, 'foretype-people', people.urlPath), people];
}

/** The files with a line more in the head of the page at `/`; the content must need no escaping. */
function withMeta(files: readonly StaticFile[], name: string, content: string): StaticFile[] {
  return files.map((file) => {
    if (file.urlPath !== '/') return file;
    const html = file.bytes
      .toString()
      .replace('</head>', `  <meta name="${name}" content="${content}" />\n  </head>`);
    return { ...file, bytes: Buffer.from(html) };
  });
}

function readStaticFile(urlPath: string, filePath: string, contentType: string): StaticFile {
  try {
    return { urlPath, contentType, bytes: readFileSync(filePath) };
  } catch (cause) {
    throw new Error(`expected the built page's file at ${filePath}; run npm run build`, { cause });
  }
}

/** Serves each file from memory with a strong ETag; browsers ask again each time and mostly get 304. */
export function registerStaticFiles(server: FastifyInstance, files: readonly StaticFile[]): void {
  for (const { urlPath, contentType, bytes } of files) {
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
    const headers = { ...PAGE_HEADERS, etag, 'cache-control': 'no-cache' };
    const name = urlPath.replace(/[^a-z]+/g, '_').replace(/^_|_$/g, '') || 'page';
    const mediaType = contentType.split(';', 1)[0] ?? contentType;
    const openapi = describePage(name, `The page: ${urlPath}`, 'pages', mediaType);
    server.get(urlPath, { config: { openapi } }, (request, reply) => {
      reply.headers(headers);
      const known = request.headers['if-none-match']?.split(/\s*,\s*/) ?? [];
      if (known.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)) {
        return reply.code(304).send();
      }
      return reply.header('content-type', contentType).send(bytes);
    });
  }
}
