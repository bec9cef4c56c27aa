// Builds what is shipped: dist/tctr.pack, tctr in parts that are loaded when they are needed, and
// dist/client.js, the client as a library. dist/inputs.json says which sources are in which part.
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
  legalComments: 'external',
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

// Fewer parts to read: what every command loads is one, what else all that talk to a daemon do is another,
// and so on; a chunk is in the first that needs it.
const groups = {
  entry: ['src/entry.ts'],
  daemon: ['src/cli/connection.ts', 'src/ops/journal.ts'],
  list: ['src/commands/container/list.ts', 'src/commands/image/list.ts', 'src/output/table.ts'],
  run: ['src/commands/run.ts', 'src/commands/docker/run.ts'],
};
mkdirSync(dist, { recursive: true });
const chunks = new Map();
const legal = [];
for (const { path, text } of outputFiles) {
  if (path.endsWith('.js')) chunks.set(basename(path), await chunk(text));
  else legal.push(text);
}
writeFileSync(join(dist, 'LEGAL.txt'), legal.join('\n'));
const grouped = new Map();
for (const [group, sources] of Object.entries(groups)) {
  for (const name of closure(metafile, sources)) if (!grouped.has(name)) grouped.set(name, group);
}
const parts = new Map([...chunks.keys()].sort().map((name) => [grouped.get(name) ?? name, []]));
for (const [name, code] of chunks)
  parts.get(grouped.get(name) ?? name).push(`${JSON.stringify(name)}:${code}`);
writeFileSync(join(dist, 'tctr.pack'), pack());
writeFileSync(join(dist, 'inputs.json'), JSON.stringify(inputs(metafile), null, 1));
swap();

/**
 * One file, which a running tctr keeps open: what it still has to load is that of its own build also after
 * another has been installed. Ten digits, the length of the index; the index; the parts.
 */
function pack() {
  const hash = createHash('sha256');
  const at = {};
  let length = 0;
  const sources = [...parts].map(([name, code]) => {
    const source = `({${code.join(',\n')}})`;
    hash.update(name).update(source);
    at[name] = [length, source.length];
    length += source.length;
    return source;
  });
  const id = hash.digest('hex').slice(0, 24);
  const index = JSON.stringify({ id, words: words(), grouped: Object.fromEntries(grouped), at });
  return `${String(index.length).padStart(10, '0')}${index}${sources.join('')}`;
}

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
    Object.entries(outputs).map(([path, output]) => {
      const name = basename(path);
      return [name, { part: grouped.get(name) ?? name, sources: Object.keys(output.inputs) }];
    }),
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
