import type { Client } from '../client/client.js';
import { unpackProgress } from '../client/transfer-streams.js';
import { streamId } from '../client/streaming.js';
import type { ProgressEvent } from '../output/progress-events.js';

/** The stream on which the daemon tells of a transfer. */
export interface TransferProgress {
  readonly id: string;
  /** Reads on for a moment: the last words may arrive after the transfer has ended. */
  readonly drain: () => Promise<void>;
  readonly close: () => void;
}

/** Milliseconds that the daemon's last words may take. */
const patience = 250;

/** Opens a progress stream, and emits what comes over it. */
export async function openProgress(
  client: Client,
  emit: (event: ProgressEvent) => void,
  signal: AbortSignal,
): Promise<TransferProgress> {
  const id = streamId('progress');
  const stream = await client.streaming.open(id, { signal });
  const reading = (async () => {
    for await (const any of stream) {
      const progress = unpackProgress(any);
      if (!progress) continue;
      const { event, name, parents, progress: offset, total, desc } = progress;
      if (name === '') emit({ kind: 'message', text: event, title: true });
      else {
        const shown = { kind: 'status', name, status: event, offset, total } as const;
        // Later words about a name may leave its parents out, as those of a push do.
        const placed = parents.length > 0 ? { ...shown, parents } : shown;
        emit(desc ? { ...placed, mediaType: desc.mediaType, digest: desc.digest } : placed);
      }
      if (name === '' && event.startsWith('Completed')) return;
    }
  })().catch(() => undefined); // the transfer itself reports what went wrong
  return {
    id,
    drain: async () => {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([reading, new Promise((resolve) => (timer = setTimeout(resolve, patience)))]);
      clearTimeout(timer);
    },
    close: () => stream.cancel(),
  };
}
