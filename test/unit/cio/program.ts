import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Bundles one of programs/ into a directory, and returns the file to run with node. */
export function buildProgram(name: string, outdir: string): string {
  const outfile = join(outdir, `${name}.mjs`);
  const entry = join(import.meta.dirname, 'programs', `${name}.ts`);
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}
