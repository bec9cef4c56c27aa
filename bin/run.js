#!/usr/bin/env node
'use strict';
// The entry: runs the bundle in dist/ with V8's code cache, and is the only place that ends the process.
// CommonJS, and nothing loaded but what is needed: this is start-up time.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { loadBundle } = require('./bundle.js');

const bundle = join(__dirname, '../dist/tctr.cjs');
if (!existsSync(bundle)) {
  process.stderr.write('tctr: not built yet: run npm ci && npm run build\n');
  process.exit(1);
}

const started = process.hrtime.bigint();
const { exports: tctr, remember } = loadBundle(bundle);
tctr.runProcess((status) => process.exit(status)).then(({ status, signal, command }) => {
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  // After a long run V8 has dropped code that went unused: not worth keeping.
  if (command !== undefined && seconds < 5) remember(command);
  if (signal !== undefined) {
    // The parent shall see what ended us.
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(status), 1000);
    return;
  }
  process.exit(status);
});
