import { build } from 'esbuild';

/** Bundles the page at / with everything that it imports into `folder`: the build's and the browser tests' one way. */
export async function bundlePage(folder) {
  await build({
    entryPoints: ['serving/web/page/main.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: folder,
    logLevel: 'warning',
  });
}
