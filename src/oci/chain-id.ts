import { createHash } from 'node:crypto';
import { parseDigest, type Digest } from './digest.js';

/**
 * The chain ID of each layer, the base first: the name of the snapshot that the layer makes of those below it
 * (image-spec, config.md; `identity.ChainIDs`).
 */
export function chainIds(diffIds: readonly Digest[]): Digest[] {
  const chain: Digest[] = [];
  for (const diffId of diffIds) {
    const parent = chain.at(-1);
    chain.push(parent === undefined ? diffId : sha256Digest(`${parent} ${diffId}`));
  }
  return chain;
}

/** The chain ID of the topmost layer; undefined for an image without layers (`identity.ChainID`). */
export function chainId(diffIds: readonly Digest[]): Digest | undefined {
  return chainIds(diffIds).at(-1);
}

/** The sha256 digest of a content. */
export function sha256Digest(content: string | Uint8Array): Digest {
  return parseDigest(`sha256:${createHash('sha256').update(content).digest('hex')}`);
}
