// Builds what is shipped: dist/tctr.cjs, one file with everything but Node.js, and dist/client.js, the
// client as a library. dist/tctr.json is what bin/bundle.js has to know of the bundle to cache its code.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { lazyImports } from './lazy-imports.js';

const root = join(import.meta.dirname, '..');
// Built aside and swapped in whole: a tctr that is started meanwhile finds the former build.
const dist = join(root, `dist.${process.pid}`);
process.on('exit', () => rmSync(dist, { recursive: true, force: true }));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'external',
  logLevel: 'warning',
};
const bundle = join(dist, 'tctr.cjs');
await build({
  ...common,
  entryPoints: [join(root, 'src/entry.ts')],
  outfile: bundle,
  format: 'cjs',
  plugins: [lazyImports],
  // vm.Script knows no import(): what stays outside of the bundle is required.
  supported: { 'dynamic-import': false },
  // oclif asks for these only when it runs plugins from TypeScript sources, which tctr has none of.
  external: ['typescript', 'ts-node', 'tsx'],
  define: {
    'process.env.TCTR_VERSION': JSON.stringify(version),
    'process.env.TCTR_REVISION': JSON.stringify(revision()),
  },
  // One function expression, as vm.Script compiles it: nothing is wrapped around it at start-up.
  banner: { js: '(function(exports,require,module,__filename,__dirname){' },
  footer: { js: '})' },
});
await build({
  ...common,
  entryPoints: [join(root, 'src/client/library.ts')],
  outfile: join(dist, 'client.js'),
  format: 'esm',
  packages: 'external',
});

// Plain ASCII is read and kept at a byte a character. esbuild escapes all but regular expressions, where
// an escape means the same.
const source = readFileSync(bundle, 'utf8').replace(
  /[^\0-\x7f]/g,
  (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
);
writeFileSync(bundle, source);
const id = createHash('sha256').update(source).digest('hex').slice(0, 24);
writeFileSync(join(dist, 'tctr.json'), JSON.stringify({ id, words: words() }));
swap();

/** Puts the new build in the place of the former one, which is removed afterwards. */
function swap() {
  const [place, former] = [join(root, 'dist'), `${dist}.former`];
  if (existsSync(place)) renameSync(place, former);
  renameSync(dist, place);
  rmSync(former, { recursive: true, force: true });
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
