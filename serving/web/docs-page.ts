import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { describePage } from '../http/api-schemas.ts';
import { PROBLEM_TITLES } from '../http/http-problem.ts';
import { PAGE_HEADERS } from './page-headers.ts';

const STYLE_FILE = fileURLToPath(new URL('./docs.css', import.meta.url));

/** The parts of an OpenAPI document that the page shows. */
interface ApiDescription {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description?: string;
  };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly responses?: Readonly<Record<string, ApiResponse>>;
}

interface Parameter {
  readonly name: string;
  readonly description?: string;
  readonly schema?: Readonly<Record<string, unknown>>;
}

interface ApiResponse {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>;
}

/** Serves `/docs`: the API's description as one plain page without scripts, made from `/openapi.json` on first use. */
export function registerDocs(server: FastifyInstance): void {
  const style = readFileSync(STYLE_FILE);
  let page: string | null = null;
  const openapi = describePage('docs', 'This description, to read', 'pages', 'text/html');
  server.get('/docs', { config: { openapi } }, (_request, reply) => {
    page ??= renderDocs(server.swagger() as unknown as ApiDescription);
    return reply
      .headers({ ...PAGE_HEADERS, 'cache-control': 'no-cache' })
      .header('content-type', 'text/html; charset=utf-8')
      .send(page);
  });
  const styleApi = describePage('docs_style', 'Style of the description', 'pages', 'text/css');
  server.get('/docs/style.css', { config: { openapi: styleApi } }, (_request, reply) =>
    reply
      .headers({ ...PAGE_HEADERS, 'cache-control': 'no-cache' })
      .header('content-type', 'text/css; charset=utf-8')
      .send(style),
  );
}

function renderDocs({ info, paths = {} }: ApiDescription): string {
  const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => renderOperation(method, path, operation)),
  );
  const codes = Object.entries(PROBLEM_TITLES).map(([code, title]) =>
    renderRow([`<code>${escapeHtml(code)}</code>`, escapeHtml(title)]),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(info.title)} API</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/style.css">
<main>
<h1>${escapeHtml(info.title)} API <small>${escapeHtml(info.version)}</small></h1>
<p>${escapeHtml(info.description ?? '')} <a href="/openapi.json">openapi.json</a> · <a href="/">search box</a></p>
${operations.join('\n')}
<section><h2>Error codes</h2>${renderTable(['code', 'meaning'], codes)}</section>
</main>
</html>
`;
}

function renderOperation(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(({ name, description = '', schema = {} }) =>
    renderRow([`<code>${escapeHtml(name)}</code>`, describeType(schema), escapeHtml(description)]),
  );
  const responses = Object.entries(operation.responses ?? {}).map(([status, response]) =>
    renderRow([
      escapeHtml(status),
      escapeHtml(response.description ?? ''),
      renderContent(response),
    ]),
  );
  return `<section>
<h2><code>${escapeHtml(method.toUpperCase())} ${escapeHtml(path)}</code></h2>
<p>${escapeHtml(operation.summary ?? '')}</p>
${parameters.length > 0 ? renderTable(['parameter', 'type', 'meaning'], parameters) : ''}
${renderTable(['status', 'when', 'body'], responses)}
</section>`;
}

function describeType({
  type,
  minimum,
  maximum,
  default: preset,
}: Record<string, unknown>): string {
  let text = String(type ?? '');
  if (minimum !== undefined && maximum !== undefined) text += `, ${minimum} to ${maximum}`;
  if (preset !== undefined && preset !== '') text += `, default ${preset}`;
  return escapeHtml(text);
}

function renderContent({ content = {} }: ApiResponse): string {
  return Object.entries(content)
    .map(([mediaType, { schema }]) => {
      const name = `<code>${escapeHtml(mediaType)}</code>`;
      if (!mediaType.endsWith('/json') || Object.keys(schema ?? {}).length === 0) return name;
      const text = escapeHtml(JSON.stringify(schema, null, 2));
      return `<details><summary>${name}</summary><pre>${text}</pre></details>`;
    })
    .join(' ');
}

function renderTable(headings: readonly string[], rows: readonly string[]): string {
  const head = headings.map((heading) => `<th scope="col">${heading}</th>`).join('');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function renderRow(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
