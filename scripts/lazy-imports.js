import { readFile } from 'node:fs/promises';

/** The packages of which tctr uses a fraction: each loads dozens of modules at its top. */
const packages = /node_modules\/(?:@oclif\/core|@grpc\/grpc-js|@grpc\/proto-loader)\/(?:lib|build)\/.*\.js$/;

/** What the TypeScript compiler writes for an import: `const x_1 = require("./x");`, default imports wrapped. */
const imported = /^(?:const|var) (\w+) = ((?:__importDefault\()?require\("[^"]+"\)\)?);$/gm;

/**
 * An esbuild plugin: the imports of these packages are evaluated when they are first used, not when the
 * importing module is. The code that runs is theirs, unchanged; what a command never uses is never run,
 * and not in its code cache.
 */
export const lazyImports = {
  name: 'lazy-imports',
  setup(build) {
    build.onLoad({ filter: packages }, async ({ path }) => ({
      contents: defer(await readFile(path, 'utf8')),
    }));
  },
};

/** Makes `x_1` a function that requires on its first call, and calls it wherever the module was read. */
function defer(source) {
  return [...source.matchAll(imported)].reduce((text, [line, name, load]) => {
    const rest = text.replace(line, '');
    // Used as a whole somewhere, or named in a comment: left as it is.
    if (new RegExp(`(?<![\\w$])${name}(?![\\w$.])`).test(rest)) return text;
    // In parentheses, for `new x_1.Y()`. A function declaration is there before the first line runs.
    const calls = rest.replace(new RegExp(`(?<![\\w$.])${name}(?=\\.)`, 'g'), `(${name}())`);
    return `${calls}\nvar ${name}_;function ${name}(){return ${name}_??=${load}}`;
  }, source);
}
