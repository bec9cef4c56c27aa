// Who may import whom. The layers are those of README.md, "How it is built"; each rule says what to do instead.

/** Of the project, only these folders may be imported from `from`; itself always. */
const layer = (from, to, comment) => ({
  name: `${from}-imports`,
  severity: 'error',
  comment,
  from: { path: `^src/${from}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/${from}/`, ...to.map((path) => `^src/${path}`), '^src/version\\.ts$'],
  },
});

/** Only `path` may import the library. */
const door = (library, path, comment) => ({
  name: `one-door-for-${library}`,
  severity: 'error',
  comment,
  from: { path: '^src/', pathNot: path },
  to: { path: `(^|/node_modules/|^node_modules/)${library}(/|$)` },
});

/** Only `path` may import these modules of Node.js. */
const core = (modules, path, comment) => ({
  name: `one-door-for-${modules.join('-')}`,
  severity: 'error',
  comment,
  from: { path: '^src/', pathNot: path },
  to: { dependencyTypes: ['core'], path: `^(node:)?(${modules.join('|')})$` },
});

const layers = [
  layer('gen', [], 'Generated code stands alone: change proto/ and run npm run gen:proto.'),
  layer('oci', [], 'oci holds pure values: hand in what it needs.'),
  layer('output', ['oci/errors\\.ts'], 'output knows no containerd: hand it rows and events.'),
  layer(
    'client',
    ['gen/', 'oci/'],
    'client talks to containerd and prints nothing: it could be published alone.',
  ),
  layer('remotes', ['oci/'], 'remotes talks to registries: hand it what it needs of containerd.'),
  layer('cio', ['oci/'], 'cio moves bytes: hand it what it needs of containerd.'),
  layer('host', ['oci/'], 'host reads what the machine itself knows: hand it what it needs of containerd.'),
  layer(
    'views',
    ['output/', 'oci/', 'client/', 'ops/'],
    'A view is data about data: it reads no flags and makes no calls.',
  ),
  layer(
    'ops',
    ['client/', 'oci/', 'cio/', 'remotes/', 'host/', 'output/'],
    'An op makes calls and yields progress: printing and flags are for cli and commands.',
  ),
  layer(
    'cli',
    ['client/', 'oci/', 'cio/', 'remotes/', 'host/', 'output/', 'ops/', 'views/'],
    'cli knows no command: the catalog is handed to it by src/entry.ts.',
  ),
  layer(
    'commands',
    ['cli/', 'views/', 'ops/', 'client/', 'oci/', 'output/', 'host/'],
    'A command declares and makes one call: put the work into ops.',
  ),
];

const doors = [
  door('@oclif', '^src/(cli|commands)/', 'oclif is for cli and commands.'),
  door(
    '@grpc',
    '^src/client/(grpc|connect|call|client)\\.ts$',
    'grpc-js is for client/grpc; its types for connect, call and client too.',
  ),
  door(
    '@bufbuild',
    '^src/(gen|client)/',
    'The wire format is for generated code: encode with a codec of src/gen.',
  ),
  door('cli-table3', '^src/output/table\\.ts$', 'Draw through output/table.ts.'),
  door('ora', '^src/output/progress\\.ts$', 'Spin through output/progress.ts.'),
  door('undici', '^src/remotes/http/', 'HTTP goes through remotes/http.'),
  door('smol-toml', '^src/remotes/hosts/', 'TOML is read by remotes/hosts alone.'),
  door('yaml', '^src/host/yaml\\.ts$', 'YAML is read through host/yaml.'),
  door('modern-tar', '^src/ops/archive/read-tar\\.ts$', 'Archives are read by ops/archive/read-tar.'),
  door('fastest-levenshtein', '^src/cli/', 'Suggestions are made by cli.'),
  core(
    ['child_process'],
    '^src/(cio|host)/|^src/ops/mount\\.ts$|^src/remotes/auth/credential-helper\\.ts$',
    'Children are started by cio (mkfifo), host (a private mount), ops/mount and the credential helper.',
  ),
  core(
    ['http', 'https'],
    '^src/(remotes/|client/debug-socket\\.ts$)',
    'HTTP goes through remotes; that of a debug socket through client/debug-socket.',
  ),
];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Data flows one way: move what both need into a file that both import.',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports this file: delete it, or use it.',
      // topic.ts is read by scripts/gen-catalog.js, a declaration by the compiler.
      from: { orphan: true, path: '^src/', pathNot: ['^src/entry\\.ts$', '/topic\\.ts$', '\\.d\\.ts$'] },
      to: {},
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      comment: 'There is no such file or package: correct the path, or add the package to dependencies.',
      from: { path: '^(src|bin)/' },
      to: { couldNotResolve: true, pathNot: '^esbuild$' },
    },
    {
      name: 'shipped-code-only',
      severity: 'error',
      comment: 'Tests, scripts and development packages are not there when tctr runs.',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench|lab)/|node_modules/(esbuild|typescript|jest|ts-proto)/' },
    },
    {
      name: 'commands-stand-alone',
      severity: 'error',
      comment: 'Only top-level words extend topic commands: share code through cli, views or ops.',
      from: { path: '^src/commands/[^/]+/', pathNot: '^src/commands/docker/' },
      to: { path: '^src/commands/', pathNot: '^src/commands/catalog\\.ts$' },
    },
    {
      name: 'bin-loads-the-bundle',
      severity: 'error',
      comment: 'bin starts what is built: the sources are for bin/dev.js, through esbuild.',
      from: { path: '^bin/' },
      to: { path: '^src/' },
    },
    ...layers,
    ...doors,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
