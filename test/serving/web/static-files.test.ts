import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlePage } from '../../../.ci/page-bundle.mjs';
import { cutAtMatches } from '../../../serving/web/page/suggest-answer.ts';
import { readPageFiles, withPageKey } from '../../../serving/web/static-files.ts';
import { makeFolder } from '../../support/index-fixture.ts';
import { makeTestServer, type TestServer } from '../../support/test-server.ts';

let test: TestServer;
let remove: () => Promise<void>;
beforeAll(async () => {
  const bundle = await makeFolder();
  remove = bundle.remove;
  await bundlePage(bundle.folder);
  test = await makeTestServer({ pageFiles: readPageFiles(bundle.folder) });
});
afterAll(async () => {
  await test.server.close();
  await remove();
});

describe('the files of the page', () => {
  it('holds a key only where one is given to the page, and there alone', () => {
    const file = { urlPath: '/', contentType: 'text/html', bytes: Buffer.from('<head></head>') };
    const script = { ...file, urlPath: '/main.js' };
    const [page, other] = withPageKey([file, script], 'k-1');
    expect(page?.bytes.toString()).toContain('<meta name="foretype-key" content="k-1" />');
    expect(other).toBe(script);
    expect(file.bytes.toString()).toBe('<head></head>');
  });

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/assets/main.js', 'text/javascript; charset=utf-8'],
    ['/assets/main.css', 'text/css; charset=utf-8'],
    ['/assets/icon.svg', 'image/svg+xml'],
  ])('serves %s, and 304 to who has it', async (url, contentType) => {
    const full = await test.server.inject(url);
    expect(full.statusCode).toBe(200);
    expect(full.headers['content-type']).toBe(contentType);
    expect(full.headers['content-security-policy']).toContain("default-src 'none'");
    expect(full.headers['x-content-type-options']).toBe('nosniff');
    const etag = String(full.headers.etag);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await test.server.inject({ url, headers: { 'if-none-match': known } });
      expect(again.statusCode).toBe(304);
      expect(again.body).toBe('');
    }
    const changed = await test.server.inject({ url, headers: { 'if-none-match': '"other"' } });
    expect(changed.statusCode).toBe(200);
  });

  it('says what is missing when the page was not built', () => {
    expect(() => readPageFiles('/nowhere')).toThrow('npm run build');
  });
});

describe('cutAtMatches', () => {
  const cut = (text: string, ...spans: [number, number][]) =>
    cutAtMatches({
      id: '',
      text,
      kind: 'query',
      source: 'prefix',
      score: 1,
      matches: spans.map(([start, end]) => ({ start, end })),
    }).map((piece) => (piece.matched ? `[${piece.text}]` : piece.text));

  it('cuts text at its matches, in order and without empty pieces', () => {
    expect(cut('best of new york', [8, 11], [12, 14])).toEqual([
      'best of ',
      '[new]',
      ' ',
      '[yo]',
      'rk',
    ]);
    expect(cut('new', [0, 3])).toEqual(['[new]']);
    expect(cut('new')).toEqual(['new']);
    expect(cut('')).toEqual([]);
  });

  it('counts offsets in UTF-16 code units', () => {
    expect(cut('😀 face', [0, 2])).toEqual(['[😀]', ' face']);
  });
});
