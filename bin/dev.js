#!/usr/bin/env node
'use strict';
// tctr from its TypeScript sources: bundles them in memory, then runs as bin/run.js does.
const { mkdtempSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { buildSync } = require('esbuild');

const root = join(__dirname, '..');
const dir = mkdtempSync(join(root, 'node_modules/.dev-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
const outfile = join(dir, 'tctr.cjs');
buildSync({
  entryPoints: [join(root, 'src/entry.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  sourcemap: 'inline',
  logLevel: 'error',
});
process.setSourceMapsEnabled(true);
require(outfile)
  .runProcess((status) => process.exit(status))
  .then(({ status }) => process.exit(status));
