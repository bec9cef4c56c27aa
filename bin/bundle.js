'use strict';
// Loads tctr's chunks through vm.Script with a V8 code cache: compiled code for what a command runs, and no
// more, as reading it costs time as well. There is one cache for each command, made by its first run.
//
// The cache is code that root executes, so it lives where only its user can write: see code-cache.js.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { cacheFile, readCache, writeCache } = require('./code-cache.js');

exports.loadBundle = function loadBundle(dist, argv) {
  const { id, words, packed } = JSON.parse(readFileSync(join(dist, 'tctr.json'), 'utf8'));
  const cache = cacheFile(id, commandOf(argv, new Set(words)));
  const cached = (cache && readCache(cache)) ?? new Map();
  const scripts = new Map();
  const chunks = {};
  const modules = new Map();
  let stale = false;

  function compile(file) {
    const filename = join(dist, 'chunks', file);
    const source = readFileSync(filename, 'latin1'); // it is ASCII: see scripts/build.js
    const cachedData = cached.get(file);
    const script = new Script(source, { filename, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) stale = true;
    scripts.set(file, script);
    Object.assign(chunks, script.runInThisContext());
  }

  function load(name) {
    const known = modules.get(name);
    if (known) return known.exports;
    if (!(name in chunks)) compile(packed[name] ?? name);
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
      const made = [...scripts].map(([file, script]) => [file, script.createCachedData()]);
      writeCache(cache, new Map([...cached, ...made]));
    },
  };
};

/** The command's words, as far as they can be told without reading flags. */
function commandOf(argv, words) {
  const at = argv.findIndex((word) => words.has(word));
  if (at < 0) return 'tctr';
  const second = words.has(argv[at + 1]) ? `-${argv[at + 1]}` : '';
  const help = argv.some((word) => /^--?h(?:elp)?$/.test(word)) ? '-help' : '';
  return `${argv[at]}${second}${help}`;
}
