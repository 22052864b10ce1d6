/** Formatting, types, import rules (with a guard that modules were really read) and unused code, in that order. */
import { spawnSync } from 'node:child_process';

// dependency-cruiser reads nothing, and reports success, under a TypeScript that it does not know.
const LEAST_MODULES_READ = 40;

function run(title, command, args) {
  const started = performance.now();
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (result.status !== 0) {
    process.stdout.write(result.stdout ?? '');
    process.stderr.write(result.stderr ?? '');
    console.error(`check: ${title} failed (${seconds} s)`);
    process.exit(1);
  }
  console.log(`check: ${title} passed (${seconds} s)`);
  return result.stdout;
}

run('formatting and lint (biome)', 'npx', [
  'biome',
  'ci',
  '--colors=off',
  '--error-on-warnings',
  '.',
]);
run('types (tsc)', 'npx', ['tsc', '--noEmit', '-p', 'tsconfig.json']);
const folders = [
  'dictionaries',
  'indexer',
  'ranking',
  'serving',
  'load-tests',
  'test',
  'cli.ts',
  'index.ts',
];
const cruise = ['depcruise', '--config', '.dependency-cruiser.mjs'];
run('import rules (dependency-cruiser)', 'npx', [
  ...cruise,
  '--output-type',
  'err-long',
  ...folders,
]);
const { summary, modules } = JSON.parse(
  run('modules read', 'npx', [...cruise, '--output-type', 'json', ...folders]),
);
const ours = modules.filter(
  (module) => !module.source.includes('node_modules') && module.dependencies.length > 0,
);
if (ours.length < LEAST_MODULES_READ) {
  console.error(
    `check: expected dependency-cruiser to read at least ${LEAST_MODULES_READ} modules with imports, got ${ours.length} ` +
      `of ${summary.totalCruised}; is the TypeScript version one that it knows?`,
  );
  process.exit(1);
}
console.log(`check: dependency-cruiser read ${ours.length} modules with imports`);
run('unused code (knip)', 'npx', ['knip']);
