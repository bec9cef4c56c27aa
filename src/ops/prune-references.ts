import type { Client } from '../client/client.js';
import type { Digest } from '../oci/digest.js';
import { hasKind } from '../oci/errors.js';
import { collectGarbage } from './collect-garbage.js';
import { limited } from './limited.js';

/** What to do about the references that are found. */
export interface PruneReferencesOptions {
  readonly client: Client;
  /** Change nothing. */
  readonly dry: boolean;
  /** Wait for the collector. */
  readonly sync: boolean;
  /** Told of each label that goes, or would. */
  readonly onLabel: (digest: Digest, label: string) => void;
}

/** Calls under way at once. */
const calls = 16;

/**
 * Removes from all blobs the labels that keep layers from the collector (Content.List, Content.Update), and lets it run.
 * Images stay; their layers are gone where no snapshot was made of them.
 */
export async function pruneReferences({ client, dry, sync, onLabel }: PruneReferencesOptions): Promise<void> {
  const slot = limited(calls);
  const updates: Promise<void>[] = [];
  for await (const { digest, labels } of client.content.list()) {
    const layers = [...labels.keys()].filter(isLayerReference).sort();
    for (const label of layers) onLabel(digest, label);
    if (dry || layers.length === 0) continue;
    const update = slot(() => removeLabels(client, digest, layers));
    update.catch(() => undefined); // awaited below
    updates.push(update);
  }
  await Promise.all(updates);
  if (!dry) await collectGarbage(client, { sync });
}

/** A blob that has gone meanwhile has no labels either. */
async function removeLabels(client: Client, digest: Digest, labels: readonly string[]): Promise<void> {
  const fields = labels.map((label) => `labels.${label}`);
  await client.content.update(digest, new Map(), fields).catch((error: unknown) => {
    if (!hasKind(error, 'not found')) throw error;
  });
}

/** Whether a label refers to a layer: `l.<i>`, or of old a number alone, of which 0 is the config. */
export function isLayerReference(label: string): boolean {
  const key = /^containerd\.io\/gc\.ref\.content\.(.*)$/s.exec(label)?.[1];
  return key !== undefined && (key.startsWith('l.') || (/^\d+$/.test(key) && key !== '0'));
}
