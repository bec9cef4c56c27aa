'use strict';
// Loads the bundle through vm.Script with a V8 code cache: compiled code for what a command runs, and no
// more, as reading it costs time as well. There is one cache for each command, made by its first run.
//
// The cache is code that root executes, so it lives where only its user can write: /var/cache/tctr for
// root, $XDG_CACHE_HOME/tctr or ~/.cache/tctr for others, folder and file owned by that user and closed
// to writing by anyone else. Where it cannot be kept (a read-only system) tctr runs without, some 30 ms
// slower. Its name holds the build and V8's version tag: another build or Node.js never sees it.
const fs = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

exports.loadBundle = function loadBundle(dist, argv) {
  const { id, words } = JSON.parse(fs.readFileSync(join(dist, 'tctr.json'), 'utf8'));
  const filename = join(dist, 'tctr.cjs');
  const source = fs.readFileSync(filename, 'latin1'); // it is ASCII: see scripts/build.js
  const file = cacheFile(id, commandOf(argv, new Set(words)));
  const cachedData = file && readCache(file);
  const script = new Script(source, { filename, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, filename, dist);
  return {
    exports: module.exports,
    /** Keeps the code that this run has compiled, where there was none. */
    remember() {
      if (file && (cachedData === undefined || script.cachedDataRejected))
        writeCache(file, script.createCachedData());
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

function cacheFile(id, command) {
  const dir = folder();
  if (dir === undefined) return undefined;
  const { node, v8 } = process.versions;
  return join(dir, `${id}-${process.arch}-${node}-${v8}-${command}`);
}

function folder() {
  const uid = process.geteuid();
  if (uid === 0) return '/var/cache/tctr';
  const { XDG_CACHE_HOME, HOME } = process.env;
  if (XDG_CACHE_HOME?.startsWith('/')) return join(XDG_CACHE_HOME, 'tctr');
  return HOME?.startsWith('/') ? join(HOME, '.cache/tctr') : undefined;
}

const ours = (stat) => stat.uid === process.geteuid() && (stat.mode & 0o022) === 0;

/** The cached code; undefined where there is none that can be trusted. */
function readCache(file) {
  let fd;
  try {
    const dir = fs.lstatSync(dirname(file));
    if (!dir.isDirectory() || !ours(dir)) return undefined;
    fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
    const stat = fs.fstatSync(fd);
    return stat.isFile() && ours(stat) ? fs.readFileSync(fd) : undefined;
  } catch {
    return undefined; // no cache yet
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
}

function writeCache(file, code) {
  let draft;
  try {
    fs.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const dir = fs.lstatSync(dirname(file));
    if (!dir.isDirectory() || !ours(dir)) return;
    draft = `${file}.${process.pid}`;
    fs.writeFileSync(draft, code, { mode: 0o600, flag: 'wx' });
    fs.renameSync(draft, file);
    draft = undefined;
    sweep(dirname(file));
  } catch {
    // A read-only or full disk: the next run is as slow as this one.
  } finally {
    if (draft !== undefined) fs.rmSync(draft, { force: true });
  }
}

/** Removes what has not been used for a month: other builds, other versions of Node.js. */
function sweep(dir) {
  const old = Date.now() - 30 * 24 * 3600 * 1000;
  for (const name of fs.readdirSync(dir)) {
    const file = join(dir, name);
    if (fs.lstatSync(file).atimeMs < old) fs.rmSync(file, { force: true });
  }
}
