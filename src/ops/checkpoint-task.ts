import { packCheckpointOptions } from '../client/checkpoint-options.js';
import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import type { Descriptor } from '../oci/descriptor.js';
import { KindError } from '../oci/errors.js';
import { checkpointTask } from './checkpoint-container.js';
import { writeIndex, writtenLayer } from './checkpoint-parts.js';
import { withLease } from './lease.js';
import { loadContainerTask } from './load-task.js';
import { whilePaused } from './paused.js';

/** A task to keep, and how. Paths are the daemon's; empty for none. */
export interface CheckpointTaskOptions {
  readonly client: Client;
  readonly id: string;
  readonly exit: boolean;
  readonly imagePath: string;
  readonly workPath: string;
  readonly now: Date;
}

/**
 * Keeps a task as an image (Tasks.Checkpoint, Diff.Diff, Content.Write, Images.Create), and gives its name; with an image
 * path criu's files go there, and there is none. The task stands still meanwhile. A failure leaves nothing.
 */
export async function checkpointTaskAsImage(options: CheckpointTaskOptions): Promise<string | undefined> {
  const { client, id, exit, imagePath, workPath } = options;
  const { container } = await loadContainerTask(client, id);
  const settings = packCheckpointOptions({ exit, imagePath, workPath });
  return withLease(client, (leased) =>
    whilePaused(leased, id, async () => {
      const parts = await checkpointTask(leased, id, settings);
      if (imagePath !== '') return undefined;
      return keep(leased, container, parts, options.now);
    }),
  );
}

async function keep(
  client: Client,
  container: Container,
  parts: readonly Descriptor[],
  now: Date,
): Promise<string> {
  const { id, image, snapshotKey } = container;
  const manifests = [...parts];
  const annotations = new Map<string, string>();
  if (image !== '') {
    manifests.push((await client.images.get(image)).target);
    annotations.set('image.name', image);
  }
  if (snapshotKey !== '') manifests.push(await writtenLayer(client, container));
  const target = await writeIndex(client, { manifests, annotations });
  const name = `containerd.io/checkpoint/${id}:${stamp(now)}`;
  try {
    await client.images.create({ name, labels: new Map([['containerd.io/checkpoint', 'true']]), target });
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    throw new KindError(error.kind, error.message, {
      cause: error,
      hint: 'there is one a second: try again',
    });
  }
  return name;
}

/** Month, day, year and time of day, in the local zone. */
function stamp(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = [two(now.getMonth() + 1), two(now.getDate()), String(now.getFullYear())].join('-');
  return `${date}-${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
}
