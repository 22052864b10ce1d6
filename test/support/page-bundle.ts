import { build } from 'esbuild';

/** Bundles the page as the build does, into `folder`. */
export async function bundlePage(folder: string): Promise<void> {
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
