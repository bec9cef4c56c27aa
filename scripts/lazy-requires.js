import { readFile } from 'node:fs/promises';

/** The packages whose modules tctr uses a fraction of: each loads dozens of others at its top. */
const packages = /node_modules\/(?:@oclif\/core|@grpc\/grpc-js|@grpc\/proto-loader)\/(?:lib|build)\/.*\.js$/;

/** What the TypeScript compiler writes for an import: `const x_1 = require("./x");`, default imports wrapped. */
const imported = /^(?:const|var) (\w+_\d+) = ((?:__importDefault\()?require\("[^"]+"\)\)?);$/gm;

/**
 * An esbuild plugin: the imports of these packages are evaluated when they are first used, not when the
 * importing module is. The code that runs is theirs, unchanged; what a command never uses is never run.
 */
export const lazyRequires = {
  name: 'lazy-requires',
  setup(build) {
    build.onLoad({ filter: packages }, async ({ path }) => ({ contents: defer(await readFile(path, 'utf8')), loader: 'js' }));
  },
};

/** Makes `x_1` a function that requires on its first call, and calls it wherever the module was read. */
export function defer(source) {
  const names = [...source.matchAll(imported)].map(([, name]) => name);
  if (names.length === 0) return source;
  const uses = new RegExp(`(?<![\\w$.])(?:${names.join('|')})(?=[.)])`, 'g');
  return source
    .replace(imported, '') // the declarations below are hoisted: none is used before it is made
    .replace(uses, '$&()')
    .concat(
      ...[...source.matchAll(imported)].map(
        ([, name, load]) => `\nvar ${name}_;function ${name}(){return ${name}_??=${load}}`,
      ),
    );
}
