'use strict';
// Loads tctr's chunks through vm.Script with a V8 code cache: compiled code for what a command runs, and no
// more, as reading it costs time as well. There is one cache for each command, made by its first run.
const { openSync, readSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { cacheFile, readCache, writeCache } = require('./code-cache.js');

exports.loadBundle = function loadBundle(file, argv) {
  const fd = openSync(file); // for good: see scripts/build.js
  const indexLength = Number(read(fd, 0, 10));
  const { id, words, grouped, at } = JSON.parse(read(fd, 10, indexLength));
  const cache = cacheFile(id, commandOf(argv, new Set(words)));
  const cached = (cache && readCache(cache)) ?? new Map();
  const scripts = new Map();
  const chunks = {};
  const modules = new Map();
  let stale = false;

  function compile(part) {
    const [offset, length] = at[part];
    const source = read(fd, 10 + indexLength + offset, length);
    const cachedData = cached.get(part);
    const script = new Script(source, { filename: join(file, part), cachedData });
    if (cachedData === undefined || script.cachedDataRejected) stale = true;
    scripts.set(part, script);
    Object.assign(chunks, script.runInThisContext());
  }

  function load(name) {
    const known = modules.get(name);
    if (known) return known.exports;
    if (!(name in chunks)) compile(grouped[name] ?? name);
    const module = { exports: {} };
    modules.set(name, module);
    chunks[name](module.exports, requireFrom, module);
    return module.exports;
  }
  const requireFrom = (name) => (name.startsWith('./') ? load(name.slice(2)) : require(name));

  return {
    exports: load('entry.js'),
    /** Keeps the code that this run has compiled, where there was none. */
    remember() {
      if (!cache || !stale) return;
      const made = [...scripts].map(([part, script]) => [part, script.createCachedData()]);
      writeCache(cache, new Map([...cached, ...made]));
    },
  };
};

/** It is ASCII: see scripts/build.js. */
function read(fd, position, length) {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const count = readSync(fd, bytes, done, length - done, position + done);
    if (count === 0) throw new Error('tctr.pack ends too early: install tctr again');
    done += count;
  }
  return bytes.latin1Slice();
}

/** The command's words, as far as they can be told without reading flags. */
function commandOf(argv, words) {
  const at = argv.findIndex((word) => words.has(word));
  if (at < 0) return 'tctr';
  const second = words.has(argv[at + 1]) ? `-${argv[at + 1]}` : '';
  const help = argv.some((word) => /^--?h(?:elp)?$/.test(word)) ? '-help' : '';
  return `${argv[at]}${second}${help}`;
}
