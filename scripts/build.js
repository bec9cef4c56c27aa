// Builds what is shipped: dist/chunks, tctr in pieces that are loaded when they are needed, and
// dist/client.js, the client as a library. dist/tctr.json is what bin/bundle.js has to know of the build;
// dist/inputs.json says which sources are in which chunk.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, transform } from 'esbuild';
import { lazyImports } from './lazy-imports.js';

const root = join(import.meta.dirname, '..');
// Built aside and swapped in whole: a tctr that is started meanwhile finds the former build.
const dist = join(root, `dist.${process.pid}`);
process.on('exit', () => rmSync(dist, { recursive: true, force: true }));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const minify = { minifyWhitespace: true, minifySyntax: true };
const common = {
  ...minify,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  logLevel: 'warning',
};
const { outputFiles, metafile } = await build({
  ...common,
  entryPoints: [join(root, 'src/entry.ts')],
  outdir: join(dist, 'chunks'),
  splitting: true,
  write: false,
  metafile: true,
  absWorkingDir: root,
  legalComments: 'linked',
  // Shorter names are less to read at start-up.
  minifyIdentifiers: true,
  plugins: [lazyImports],
  // oclif asks for the first three only when it runs plugins from TypeScript sources, grpc-js for the last
  // when it reads .proto files: tctr has none of them.
  external: ['typescript', 'ts-node', 'tsx', '@grpc/proto-loader'],
  define: {
    'process.env.TCTR_VERSION': JSON.stringify(version),
    'process.env.TCTR_REVISION': JSON.stringify(revision()),
  },
});
await build({
  ...common,
  entryPoints: [join(root, 'src/client/library.ts')],
  outfile: join(dist, 'client.js'),
  packages: 'external',
  legalComments: 'external',
});

// Fewer files to read: what every command loads is one, what else all that talk to a daemon do is another,
// and so on; a chunk is in the first that needs it.
const packs = {
  'entry.js': ['src/entry.ts'],
  'daemon.js': ['src/cli/connection.ts', 'src/ops/journal.ts'],
  'list.js': ['src/commands/container/list.ts', 'src/commands/image/list.ts', 'src/output/table.ts'],
  'run.js': ['src/commands/run.ts', 'src/commands/docker/run.ts'],
};
mkdirSync(join(dist, 'chunks'), { recursive: true });
const chunks = new Map();
for (const { path, text } of outputFiles) {
  if (path.endsWith('.js')) chunks.set(basename(path), await chunk(text));
  else writeFileSync(join(dist, basename(path)), text);
}
const packed = new Map();
for (const [pack, sources] of Object.entries(packs)) {
  for (const name of closure(metafile, sources)) if (!packed.has(name)) packed.set(name, pack);
}
const files = new Map([...chunks.keys()].map((name) => [packed.get(name) ?? name, []]));
for (const [name, code] of chunks)
  files.get(packed.get(name) ?? name).push(`${JSON.stringify(name)}:${code}`);

const hash = createHash('sha256');
for (const [name, parts] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const code = `({${parts.join(',\n')}})`;
  hash.update(name).update(code);
  writeFileSync(join(dist, 'chunks', name), code);
}
const id = hash.digest('hex').slice(0, 24);
writeFileSync(
  join(dist, 'tctr.json'),
  JSON.stringify({ id, words: words(), packed: Object.fromEntries(packed) }),
);
writeFileSync(join(dist, 'inputs.json'), JSON.stringify(inputs(metafile), null, 1));
swap();

/** Puts the new build in the place of the former one, which is removed afterwards. */
function swap() {
  const [place, former] = [join(root, 'dist'), `${dist}.former`];
  if (existsSync(place)) renameSync(place, former);
  renameSync(dist, place);
  rmSync(former, { recursive: true, force: true });
}

/** The chunks of some sources, with all that they import statically. */
function closure({ outputs }, sources) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: next, kind, external } of outputs[path].imports) {
      if (!external && kind === 'import-statement') visit(next);
    }
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (sources.includes(entryPoint)) visit(path);
  return [...found].map((path) => basename(path));
}

/** A function expression: splitting needs modules, and vm.Script knows none. */
async function chunk(text) {
  const { code } = await transform(text, {
    ...minify,
    format: 'cjs',
    supported: { 'dynamic-import': false },
  });
  return `function(exports,require,module){${ascii(code)}}`;
}

/** Plain ASCII is read and kept at a byte a character. esbuild escapes all but regular expressions, where an escape means the same. */
function ascii(code) {
  return code.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function inputs({ outputs }) {
  return Object.fromEntries(
    Object.entries(outputs).map(([path, output]) => [basename(path), Object.keys(output.inputs)]),
  );
}

/** Every name and alias of a topic or command: by them the code cache is told apart (bin/bundle.js). */
function words() {
  const text = readFileSync(join(root, 'src/commands/catalog.ts'), 'utf8');
  const names = [...text.matchAll(/name: '([^']+)'/g)].map(([, name]) => name);
  const aliases = [...text.matchAll(/aliases: \[([^\]]*)\]/g)].flatMap(
    ([, list]) => list.match(/[\w-]+/g) ?? [],
  );
  return [...new Set([...names, ...aliases])].sort();
}

/** The commit that is built; empty outside a git checkout. */
function revision() {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'];
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8', stdio }).trim();
  } catch {
    return '';
  }
}
