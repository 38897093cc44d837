// The import arrow: an import only points left, and what computes knows nothing of pages, files or processes.
const layers = [
  ['parameter', 'math'],
  ['kernel'],
  ['ecs'],
  ['genome', 'policy'],
  ['population'],
  ['habitat', 'mechanisms'],
  ['scene'],
  ['simulation'],
  ['record', 'analysis'],
  ['export'],
  ['experiment'],
  ['worker', 'cli'],
  ['view', 'app'],
  ['library'],
];

const folders = (names) => `^src/(${names.join('|')})/`;
const from = (layer) => layers.slice(layer).flat();
const pure = layers.slice(0, 11).flat();

/** Each layer imports only itself and what is left of it; nothing imports the roots of the composition. */
const arrow = layers.map((names, index) => ({
  name: `arrow-${names.join('-and-')}`,
  comment: `${names.join(' and ')} may import only what is left of them in the import arrow`,
  severity: 'error',
  from: { path: folders(names) },
  to: { path: index + 1 < layers.length ? `${folders(from(index + 1))}|^src/[^/]+$` : '^src/[^/]+$' },
}));

/** Packages that only some folders may use. */
const only = (packages, where) => ({
  name: `only-${where[0].replace(/\W+/g, '-')}-uses-${packages[0].replace(/\W+/g, '-')}`,
  comment: `${packages.join(', ')}: only ${where.join(', ')} may import it`,
  severity: 'error',
  from: { path: '^src/', pathNot: where.map((place) => `^src/${place}`) },
  to: { path: `node_modules/(${packages.join('|')})(/|$)` },
});

module.exports = {
  forbidden: [
    ...arrow,
    {
      name: 'arrow-has-every-folder',
      comment:
        'a folder that is not in the import arrow would be checked by nothing; give it a place in .dependency-cruiser.cjs and CONTRIBUTING.md',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: folders(layers.flat()) },
      to: {},
    },
    {
      name: 'no-circular',
      comment: 'a circle of imports has no left and right',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'library-is-pure',
      comment: 'the library has what computes and what writes, not the command line nor the page',
      severity: 'error',
      from: { path: '^src/library/' },
      to: { path: '^src/(worker|cli|view|app)/' },
    },
    {
      name: 'pure-knows-no-node',
      comment: 'the simulation runs in every browser: no modules of Node left of the worker and the command line',
      severity: 'error',
      from: { path: folders(pure) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'page-knows-no-node',
      comment: 'the page runs in a browser',
      severity: 'error',
      from: { path: ['^src/(worker|view|app)/', '^src/main\\.ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    only(['twgl\\.js', 'uplot', 'svelte'], ['view/', 'app/', 'main\\.ts$']),
    only(['comlink'], ['worker/', 'view/', 'app/', 'main\\.ts$']),
    only(['commander'], ['cli/', 'cli\\.ts$']),
    only(['piscina'], ['cli/', 'cli\\.ts$']),
    only(['ecsy'], ['ecs/']),
    only(['seedrandom'], ['math/']),
    only(['hyparquet'], ['export/']),
    only(['mediabunny'], ['app/pictures/']),
    {
      name: 'sources-know-no-tests',
      comment: 'what ships does not import what only checks it',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/|node_modules/(fast-check|vitest|playwright-core|axe-core|@duckdb)(/|$)' },
    },
    {
      name: 'resolvable',
      comment: 'the import leads nowhere',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '\\?(worker|raw|url|inline)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/kernel/assembly/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.d.ts', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default', 'types'],
    },
  },
};
