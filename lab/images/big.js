import { createCipheriv, createHash } from 'node:crypto';
import { pushImage } from './image.js';
import { hasManifest } from './registry.js';
import { busyboxRootfs, PATH } from './rootfs.js';

const MEGABYTE = 1024 * 1024;
const FILE_SIZE = 4 * MEGABYTE;
const BLOCK = 64 * 1024;
const ZEROS = Buffer.alloc(BLOCK);

/**
 * Pushes an image of about `megabytes`, spread evenly over `layers`, unless the registry has it.
 * @returns {Promise<string>} its reference
 */
export async function pushBig(registry, busybox, megabytes, layers) {
  const repository = { registry, name: 'library/big' };
  const tag = `${megabytes}m-${layers}`;
  if (!(await hasManifest(repository, tag))) {
    const size = Math.ceil((megabytes * MEGABYTE) / layers);
    const data = Array.from({ length: layers }, (_, position) => bigLayer(`${tag}/${position}`, size));
    const config = { Env: [PATH], Cmd: ['sh'] };
    await pushImage(repository, { layers: [busyboxRootfs(busybox), ...data], config, packed: true }, tag);
  }
  return `${registry}/${repository.name}:${tag}`;
}

/** Files of a few megabytes, as in a real image: one huge file would unpack faster than files do. */
function bigLayer(seed, size) {
  const directory = `data-${seed.split('/')[1]}/`;
  const entries = [{ path: directory }];
  for (let offset = 0; offset < size; offset += FILE_SIZE) {
    const length = Math.min(FILE_SIZE, size - offset);
    const path = `${directory}${String(offset / FILE_SIZE).padStart(5, '0')}`;
    entries.push({ path, size: length, chunks: noise(`${seed}/${offset}`, length) });
  }
  return entries;
}

/** Bytes that look random and are the same each time; every fourth block compresses to nothing, as real files do. */
function* noise(seed, size) {
  const key = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  for (let offset = 0, block = 0; offset < size; offset += BLOCK, block += 1) {
    const zeros = ZEROS.subarray(0, Math.min(BLOCK, size - offset));
    yield block % 4 === 3 ? zeros : cipher.update(zeros);
  }
}
