// Who may import whom. The layers are those of README.md, "How it is built"; each rule tells what to do instead.

/** Only these folders may be imported from `from`; itself always. */
const layer = (from, to, comment) => ({
  name: `${from}-imports`,
  severity: 'error',
  comment,
  from: { path: `^src/${from}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/${from}/`, ...to.map((folder) => `^src/${folder}`), '^src/version\\.ts$'],
  },
});

/** Only `door` may import the library. */
const door = (library, path, comment) => ({
  name: `one-door-for-${library}`,
  severity: 'error',
  comment,
  from: { path: '^src/', pathNot: path },
  to: { path: `node_modules/${library}/` },
});

const core = (modules, path, comment) => ({
  name: `one-door-for-${modules.join('-')}`,
  severity: 'error',
  comment,
  from: { path: '^src/', pathNot: path },
  to: { dependencyTypes: ['core'], path: `^(node:)?(${modules.join('|')})$` },
});

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
      from: { orphan: true, path: '^src/', pathNot: ['^src/entry\\.ts$', '/topic\\.ts$'] },
      to: {},
    },
    layer('gen', [], 'Generated code stands alone.'),
    layer('oci', ['oci'], 'oci holds pure values: hand in what it needs.'),
    layer('output', ['oci/errors\\.ts'], 'output knows no containerd: hand it rows and events.'),
    layer(
      'client',
      ['gen/', 'oci/'],
      'client talks to containerd and prints nothing: it could be published alone.',
    ),
    layer('remotes', ['oci/'], 'remotes talks to registries: hand it what it needs of containerd.'),
    layer('cio', ['oci/'], 'cio moves bytes: hand it what it needs of containerd.'),
    layer('host', ['oci/'], 'host reads what the machine itself knows.'),
    layer('views', ['output/', 'oci/', 'client/', 'ops/'], 'A view is data about data: it makes no calls.'),
    layer(
      'ops',
      ['client/', 'oci/', 'cio/', 'remotes/', 'host/', 'output/'],
      'An op makes calls and yields progress: printing and flags are for cli and commands.',
    ),
    layer(
      'commands',
      ['cli/', 'views/', 'ops/', 'client/', 'oci/', 'output/', 'host/'],
      'A command declares and makes one call: put work into ops.',
    ),
    {
      name: 'commands-stand-alone',
      severity: 'error',
      comment:
        'Only top-level words may extend topic commands, and the catalog knows all: share code through cli, views or ops.',
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
    door('@oclif', '^src/(cli|commands)/', 'oclif is for cli and commands.'),
    door(
      '@grpc',
      '^src/client/(connect|call|client)\\.ts$',
      'grpc-js is for client/connect, call and client.',
    ),
    door('cli-table3', '^src/output/table\\.ts$', 'Draw through output/table.ts.'),
    door('ora', '^src/output/progress\\.ts$', 'Spin through output/progress.ts.'),
    door('undici', '^src/remotes/', 'HTTP is for remotes.'),
    core(
      ['child_process'],
      '^src/(cio|host)/|^src/remotes/auth/credential-helper\\.ts$',
      'Children are started by cio (mkfifo), host (a private mount) and the credential helper.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
