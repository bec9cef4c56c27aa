// Builds what is shipped: dist/tctr.cjs, one file with everything but Node.js, and dist/client.js, the
// client as a library. dist/tctr.cjs.id names the build for the code cache.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(dist, { recursive: true, force: true });
// oclif asks for these only when it runs plugins from TypeScript sources, which tctr has none of.
const external = ['typescript', 'ts-node', 'tsx'];
const common = { external, bundle: true, platform: 'node', target: 'node20.19', minifyWhitespace: true, logLevel: 'warning' };
const bundle = join(dist, 'tctr.cjs');
await build({
  ...common,
  entryPoints: [join(root, 'src/entry.ts')],
  outfile: bundle,
  format: 'cjs',
  define: {
    'process.env.TCTR_VERSION': JSON.stringify(version),
    'process.env.TCTR_REVISION': JSON.stringify(revision()),
  },
});
await build({
  ...common,
  entryPoints: [join(root, 'src/client/client.ts')],
  outfile: join(dist, 'client.js'),
  format: 'esm',
  packages: 'external',
});
const id = createHash('sha256').update(readFileSync(bundle)).digest('hex').slice(0, 24);
writeFileSync(`${bundle}.id`, `${id}\n`);

/** The commit that is built; empty outside a git checkout. */
function revision() {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
