/** The import rules of ARCHITECTURE.md: what each folder may import of ours. */
const only = (from, allowed, comment) => ({
  name: `${from.replace(/[^a-z-]/g, '')}-imports`,
  comment,
  severity: 'error',
  from: { path: `^${from}` },
  to: {
    path: '^(dictionaries|indexer|ranking|serving|load-tests|test|cli\\.ts|index\\.ts)',
    pathNot: [`^${from}`, ...allowed],
  },
});

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('dictionaries/', [], 'knowledge of language: imports nothing of ours'),
    only('indexer/', ['^dictionaries/'], 'the offline build'),
    only('ranking/', ['^dictionaries/', '^indexer/events/'], 'pure ranking'),
    only(
      'serving/',
      ['^dictionaries/', '^ranking/', '^indexer/events/', '^indexer/segment/'],
      'the online half: of the indexer only its two public rooms',
    ),
    {
      name: 'pure-core',
      comment: 'dictionaries and ranking do no I/O',
      severity: 'error',
      from: { path: '^(dictionaries|ranking)/', pathNot: '^ranking/commands/' },
      to: { path: '^(node:)?(fs|net|http|https|worker_threads|child_process|dgram|tls)(/|$)' },
    },
    {
      name: 'segment-is-self-contained',
      comment: 'the public rooms of the indexer do not reach back into the build',
      severity: 'error',
      from: { path: '^indexer/(segment|events)/' },
      to: { path: '^indexer/', pathNot: '^indexer/(segment|events)/' },
    },
    {
      name: 'composition-roots',
      comment: 'nothing imports the composition roots',
      severity: 'error',
      from: { path: '^(dictionaries|indexer|ranking|serving|load-tests)/' },
      to: { path: '^(cli|index)\\.ts$' },
    },
    {
      name: 'no-test-imports',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-dev-dependencies-in-product',
      comment:
        'what ships must be a dependency; benches and the page bundle are built from dev dependencies',
      severity: 'error',
      from: {
        path: '^(dictionaries|indexer|ranking|serving|cli\\.ts|index\\.ts|load-tests/simulate)',
        pathNot: '^serving/web/page/',
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      // Some packages export their modules to `import` only.
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
