import Schema from 'typebox/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestServer, type TestServer } from '../../support/test-server.ts';

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
}

interface DescribedOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, DescribedResponse>>;
}

interface DescribedResponse {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

let test: TestServer;
let description: Description;
beforeAll(async () => {
  const icon = {
    urlPath: '/assets/icon.svg',
    contentType: 'image/svg+xml',
    bytes: Buffer.from(''),
  };
  test = await makeTestServer({ adminKey: 'k', pageFiles: [icon] });
  description = (await test.server.inject('/openapi.json')).json();
});
afterAll(() => test.server.close());

/** Paths that answer GET to anybody. */
const readable = () =>
  Object.keys(description.paths).filter(
    (path) => description.paths[path]?.get !== undefined && !path.includes('{'),
  );

/** The described response for a real one; fails when status or media type are not described. */
async function expectDescribed(path: string, query: string, headers: Record<string, string> = {}) {
  const response = await test.server.inject({ url: path + query, headers });
  const described = description.paths[path]?.get?.responses[response.statusCode];
  expect(described, `${path}${query} answered ${response.statusCode}`).toBeDefined();
  const mediaType = String(response.headers['content-type']).split(';', 1)[0] ?? '';
  const content = described?.content?.[mediaType];
  expect(content, `${path}${query} answered ${mediaType}`).toBeDefined();
  for (const name of Object.keys(described?.headers ?? {})) {
    expect(response.headers).toHaveProperty(name);
  }
  if (content !== undefined && mediaType.endsWith('json')) {
    expect(Schema.Errors(content.schema, response.json())).toEqual([true, []]);
  }
  return response;
}

describe('/openapi.json', () => {
  it('describes exactly the routes that there are', async () => {
    expect(description.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(description.paths).sort()).toEqual([
      '/assets/icon.svg',
      '/docs',
      '/docs/style.css',
      '/healthz',
      '/metrics',
      '/openapi.json',
      '/readyz',
      '/v1/entities',
      '/v1/events',
      '/v1/related',
      '/v1/suggest',
      '/v1/users/{user}',
    ]);
    for (const path of readable()) {
      // What is related needs to be told to what.
      const query = path === '/v1/related' ? '?q=new' : '';
      expect((await test.server.inject(path + query)).statusCode).toBe(200);
    }
  });

  it('describes the parameters that are taken', () => {
    const names = description.paths['/v1/suggest']?.get?.parameters?.map(({ name }) => name);
    expect(names).toEqual([
      'q',
      'limit',
      'market',
      'user',
      'session',
      'video',
      'context',
      'personalise',
      'explain',
    ]);
  });

  it.each([
    ['', {}],
    ['?q=new', {}],
    ['?q=new&context=a:b', {}],
    ['?q=zzz', {}],
    ['?q=new&explain=true', { authorization: 'Bearer k' }],
    ['?explain=true', {}],
    ['?explain=true', { authorization: 'Bearer other' }],
    ['?limit=0', {}],
    ['?nope=1', {}],
    ['?q=%ff', {}],
    [`?q=${'x'.repeat(20_000)}`, {}],
  ] as const)('tells the truth about /v1/suggest%s', async (query, headers) => {
    await expectDescribed('/v1/suggest', query, headers);
  });

  it('tells the truth about the other routes', async () => {
    for (const path of readable()) await expectDescribed(path, '');
  });

  it('would notice an answer that it does not describe', () => {
    const schema =
      description.paths['/healthz']?.get?.responses[200]?.content?.['application/json'];
    expect(schema).toBeDefined();
    const [valid] = Schema.Errors(schema?.schema ?? {}, { status: 'ok', more: 1 });
    expect(valid).toBe(false);
  });
});

describe('/docs', () => {
  it('shows every route and parameter, without scripts and with text escaped', async () => {
    const { body, headers } = await test.server.inject('/docs');
    for (const path of readable()) expect(body).toContain(`GET ${path}`);
    expect(body).toContain('POST /v1/events');
    expect(body).toContain('<code>personalise</code>');
    expect(body).not.toMatch(/<script/);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });
});
