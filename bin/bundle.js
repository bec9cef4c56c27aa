'use strict';
// Loads a CommonJS bundle through vm.Script with a code cache that grows with the commands used.
//
// The cache is code that root executes, so it lives where only its user can write: /var/cache/tctr for
// root, $XDG_CACHE_HOME/tctr or ~/.cache/tctr for others, folder and file owned by that user and closed
// to writing by anyone else. Where it cannot be kept (a read-only system) tctr runs without, some 25 ms
// slower. Its name holds the build and V8's version tag: another Node.js never sees it.
const fs = require('node:fs');
const { dirname, join } = require('node:path');
const { cachedDataVersionTag } = require('node:v8');
const { Script } = require('node:vm');

exports.loadBundle = function loadBundle(path) {
  const source = fs.readFileSync(path, 'utf8');
  const cache = readCache(path);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: path,
    cachedData: cache?.code,
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, path, dirname(path));
  return {
    exports: module.exports,
    /** Keeps the code compiled so far, unless the cache has what this command needs. */
    remember(command) {
      const known = cache && !script.cachedDataRejected ? cache.commands : [];
      if (!known.includes(command)) writeCache(path, [...known, command], script.createCachedData());
    },
  };
};

function folder() {
  const uid = process.geteuid();
  if (uid === 0) return '/var/cache/tctr';
  const { XDG_CACHE_HOME, HOME } = process.env;
  if (XDG_CACHE_HOME?.startsWith('/')) return join(XDG_CACHE_HOME, 'tctr');
  return HOME?.startsWith('/') ? join(HOME, '.cache/tctr') : undefined;
}

function cacheFile(path) {
  const dir = folder();
  if (dir === undefined) return undefined;
  const build = fs.readFileSync(`${path}.id`, 'utf8').trim();
  return join(dir, `${build}-${process.arch}-${cachedDataVersionTag().toString(16)}`);
}

const ours = (stat) => stat.uid === process.geteuid() && (stat.mode & 0o022) === 0;

/** The cache's commands and code; undefined where there is none that can be trusted. */
function readCache(path) {
  let fd;
  try {
    const file = cacheFile(path);
    if (file === undefined) return undefined;
    const dir = fs.lstatSync(dirname(file));
    if (!dir.isDirectory() || !ours(dir)) return undefined;
    fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
    const stat = fs.fstatSync(fd);
    if (!stat.isFile() || !ours(stat)) return undefined;
    const bytes = fs.readFileSync(fd);
    const end = 4 + bytes.readUInt32LE(0);
    return { commands: JSON.parse(bytes.toString('utf8', 4, end)), code: bytes.subarray(end) };
  } catch {
    return undefined; // no cache yet, or a damaged one: it is written anew
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
}

function writeCache(path, commands, code) {
  let draft;
  try {
    const file = cacheFile(path);
    if (file === undefined) return;
    fs.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const dir = fs.lstatSync(dirname(file));
    if (!dir.isDirectory() || !ours(dir)) return;
    const head = Buffer.from(JSON.stringify(commands));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    draft = `${file}.${process.pid}`;
    fs.writeFileSync(draft, Buffer.concat([length, head, code]), { mode: 0o600, flag: 'wx' });
    fs.renameSync(draft, file);
    draft = undefined;
    sweep(dirname(file));
  } catch {
    // A read-only or full disk: the next run is as slow as this one.
  } finally {
    if (draft !== undefined) fs.rmSync(draft, { force: true });
  }
}

/** Removes what no build has used for a month. */
function sweep(dir) {
  const old = Date.now() - 30 * 24 * 3600 * 1000;
  for (const name of fs.readdirSync(dir)) {
    const file = join(dir, name);
    if (fs.lstatSync(file).atimeMs < old) fs.rmSync(file, { force: true });
  }
}
