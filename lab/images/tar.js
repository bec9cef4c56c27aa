const BLOCK = 512;

/** The time that every file and image of the lab carries: the same bytes, hence the same digests, on each machine. */
export const EPOCH = new Date('2024-01-01T00:00:00Z');

/**
 * One member of a layer. A file's content is `data`, or `chunks` that add up to `size` bytes.
 * @typedef {object} Entry
 * @property {string} path without a leading slash; a directory's ends with one
 * @property {number} [mode]
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {string} [symlink] the target
 * @property {string} [hardlink] the target's path
 * @property {string | Uint8Array} [data]
 * @property {Iterable<Uint8Array>} [chunks]
 * @property {number} [size] bytes
 */

/**
 * A ustar archive (POSIX.1-1988) of the entries, piece by piece.
 * @param {Iterable<Entry>} entries
 */
export function* tar(entries) {
  for (const entry of entries) {
    const data = Buffer.from(entry.data ?? '');
    const size = entry.size ?? data.length;
    yield header(entry, size);
    yield* entry.chunks ?? [data];
    yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** @param {Entry} entry @param {number} size */
function header(entry, size) {
  const directory = entry.path.endsWith('/');
  const block = Buffer.alloc(BLOCK);
  block.write(entry.path, 0, 100);
  writeOctal(block, entry.mode ?? (directory ? 0o755 : 0o644), 100, 8);
  writeOctal(block, entry.uid ?? 0, 108, 8);
  writeOctal(block, entry.gid ?? 0, 116, 8);
  writeOctal(block, size, 124, 12);
  writeOctal(block, EPOCH.getTime() / 1000, 136, 12);
  block.write(typeFlag(entry, directory), 156);
  block.write(entry.symlink ?? entry.hardlink ?? '', 157, 100);
  block.write('ustar\x0000', 257);
  return checksummed(block);
}

function typeFlag(entry, directory) {
  if (entry.hardlink !== undefined) return '1';
  if (entry.symlink !== undefined) return '2';
  return directory ? '5' : '0';
}

function writeOctal(block, value, offset, width) {
  block.write(value.toString(8).padStart(width - 1, '0'), offset);
}

/** The checksum is taken over the header with blanks in the checksum's place. */
function checksummed(block) {
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
