#!/usr/bin/env -S node --single-threaded-gc --
'use strict';
// The `--` above keeps Node.js from taking a `--env-file` of the user's as its own, which it does even behind
// the script's name. One thread collects garbage: it keeps to one processor on a node that has work of its own, and
// a stream of many gigabytes, whose buffers come and go, costs a third less processor time.
// The entry: runs dist/tctr.pack with V8's code cache, and is the only place that ends the process.
// CommonJS, and nothing loaded but what is needed: this is start-up time.

// First of all: on SIGUSR1 Node.js opens a debugger's port, and whoever connects to it runs code in here. The
// signal does nothing until there is a process to forward it to (src/cio/signals.ts).
process.on('SIGUSR1', () => undefined);

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { loadBundle } = require('./bundle.js');

const pack = join(__dirname, '../dist/tctr.pack');
if (!existsSync(pack)) {
  process.stderr.write('tctr: not built yet: run npm ci && npm run build\n');
  process.exit(1);
}

let ended = false;
function end(status) {
  ended = true;
  process.exit(status);
}
// Node.js ends, with status 0, when there is nothing left that it could wait for.
process.on('exit', () => {
  if (ended) return;
  process.stderr.write('tctr: internal error: the command was given up half way\n');
  process.exitCode = 1;
});

const started = Date.now(); // performance.now() would load node:perf_hooks
const { exports: tctr, remember } = loadBundle(pack, process.argv.slice(2));
tctr.runProcess(end).then(({ status, signal }) => {
  // After a long run V8 has dropped code that went unused: not worth keeping.
  if (Date.now() - started < 5000) remember();
  if (signal === undefined) end(status);
  // The parent shall see what ended us.
  process.kill(process.pid, signal);
  setTimeout(() => end(status), 1000);
});
