import { createHash } from 'node:crypto';
import type { CompatCase } from './case.js';
import { withDaemon } from './daemon.js';
import { ownCtr, type Side } from './side.js';

/** The label of what {@link bringContent} has brought; it keeps it from the collector. */
const label = 'containerd.io/gc.root';

/** The digest of a text. */
export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Brings what a case needs into the side's content store, and leaves the ingests that it needs unfinished. */
export async function bringContent(side: Side, { blobs = [], unfinished = {} }: CompatCase): Promise<void> {
  if (blobs.length > 0) await bringBlobs(side, blobs);
  for (const [ref, text] of Object.entries(unfinished)) {
    // ctr: a text of another size than is said stays as an ingest.
    const line = ['content', 'ingest', '--expected-size', '1', ref];
    const { status, stderr } = await ownCtr(side, line, { text });
    if (status !== 1)
      throw new Error(`setting up failed: ${line.join(' ')}: ${status}\n${stderr.toString()}`);
  }
}

/** By the client, as `ctr content ingest` cannot label what it brings, and the collector would be faster. */
async function bringBlobs(side: Side, blobs: readonly string[]): Promise<void> {
  await withDaemon(side, async (client) => {
    for (const [index, text] of blobs.entries()) {
      const writer = await client.content.writer(`blob-${index}`, { size: 0n });
      await writer.write(Buffer.from(text));
      await writer.commit(new Map([[label, 'compat']]));
    }
  });
}
