/** Compiles to dist/, bundles the browser page and copies what TypeScript does not: SQL and static files. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bundlePage } from './page-bundle.mjs';

rmSync('dist', { recursive: true, force: true });
const tsc = spawnSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (tsc.status !== 0) process.exit(1);

const copied = new Set(['.sql', '.html', '.css', '.svg', '.txt', '.tsv']);
for (const folder of ['dictionaries', 'indexer', 'ranking', 'serving', 'load-tests']) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !copied.has(path.extname(entry.name))) continue;
    const source = path.join(entry.parentPath, entry.name);
    const target = path.join('dist', source);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(source, target);
  }
}

await bundlePage('dist/serving/web/assets');
if (existsSync('dist/cli.js')) chmodSync('dist/cli.js', 0o755);
