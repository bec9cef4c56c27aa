'use strict';
// Where V8's code caches are kept. They are code that root executes, so they live where only their user can
// write: /var/cache/tctr for root, $XDG_CACHE_HOME/tctr or ~/.cache/tctr for others, folder and file owned
// by that user and closed to writing by anyone else. Where they cannot be kept (a read-only system) tctr
// runs without, some 30 ms slower. A file's name holds the build, V8's version and its flags: another build or
// Node.js never sees it.
const fs = require('node:fs');
const { dirname, join } = require('node:path');

/** The file of a command's cache; undefined for a user without a home. */
exports.cacheFile = function cacheFile(id, command) {
  const dir = folder();
  if (dir === undefined) return undefined;
  const { node, v8 } = process.versions;
  // V8 takes no code that it has compiled under other flags.
  const flags = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join('').replace(/[^\w=-]/g, '');
  return join(dir, `${id}-${process.arch}-${node}-${v8}${flags.slice(0, 80)}-${command}`);
};

function folder() {
  const uid = process.geteuid();
  if (uid === 0) return '/var/cache/tctr';
  const { XDG_CACHE_HOME, HOME } = process.env;
  if (XDG_CACHE_HOME?.startsWith('/')) return join(XDG_CACHE_HOME, 'tctr');
  return HOME?.startsWith('/') ? join(HOME, '.cache/tctr') : undefined;
}

const ours = (stat) => stat.uid === process.geteuid() && (stat.mode & 0o022) === 0;

/** The cached code by chunk; undefined where there is none that can be trusted. */
exports.readCache = function readCache(file) {
  let fd;
  try {
    const dir = fs.lstatSync(dirname(file));
    if (!dir.isDirectory() || !ours(dir)) return undefined;
    fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
    const stat = fs.fstatSync(fd);
    return stat.isFile() && ours(stat) ? unpack(fs.readFileSync(fd)) : undefined;
  } catch {
    return undefined; // no cache yet
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
};

/** Keeps the code, if that can be done. */
exports.writeCache = function writeCache(file, code) {
  let draft;
  try {
    fs.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const dir = fs.lstatSync(dirname(file));
    if (!dir.isDirectory() || !ours(dir)) return;
    draft = `${file}.${process.pid}`;
    fs.writeFileSync(draft, pack(code), { mode: 0o600, flag: 'wx' });
    fs.renameSync(draft, file);
    draft = undefined;
    sweep(dirname(file));
  } catch {
    // A read-only or full disk: the next run is as slow as this one.
  } finally {
    if (draft !== undefined) fs.rmSync(draft, { force: true });
  }
};

/** V8 reads cached code from multiples of this only; elsewhere it copies it first. */
const alignment = 8;

/** A line of JSON, the names and lengths of the parts, then the parts. */
function pack(code) {
  const index = JSON.stringify([...code].map(([name, part]) => [name, part.length]));
  const parts = [...code.values()].flatMap((part) => [part, Buffer.alloc(padding(part.length))]);
  const head = Buffer.from(`${index}\n`);
  return Buffer.concat([head, Buffer.alloc(padding(head.length)), ...parts]);
}

function unpack(bytes) {
  const end = bytes.indexOf(10) + 1;
  let at = end + padding(end);
  const parts = JSON.parse(bytes.toString('latin1', 0, end)).map(([name, length]) => {
    const part = bytes.subarray(at, at + length);
    at += length + padding(length);
    return [name, part];
  });
  return new Map(parts);
}

const padding = (length) => (alignment - (length % alignment)) % alignment;

/** Removes what has not been used for a month: other builds, other versions of Node.js. */
function sweep(dir) {
  const old = Date.now() - 30 * 24 * 3600 * 1000;
  for (const name of fs.readdirSync(dir)) {
    const file = join(dir, name);
    if (fs.lstatSync(file).atimeMs < old) fs.rmSync(file, { force: true });
  }
}
