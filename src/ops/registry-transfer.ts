import type { Client } from '../client/client.js';
import { ociRegistry } from '../client/transfer-types.js';
import type { Any } from '../client/typeurl.js';
import { formatReference, referenceHost, type Reference } from '../oci/reference.js';
import type { ProgressEvent } from '../output/progress-events.js';
import { answerAuthRequests, type Login } from './transfer-auth.js';
import { openProgress } from './transfer-progress.js';

/** What the daemon has to be told to reach a registry. */
export interface TransferRegistry {
  readonly hostsDir: string;
  readonly plainHttp: boolean;
  readonly login: Login | undefined;
}

/** A transfer from or to a registry. */
export interface RegistryTransfer extends TransferRegistry {
  readonly client: Client;
  readonly reference: Reference;
  readonly emit: (event: ProgressEvent) => void;
  readonly signal: AbortSignal;
  /** The transfer's two ends, one of which is the registry. */
  readonly ends: (registry: Any) => { readonly source: Any; readonly destination: Any };
}

/** Has the daemon talk to a registry (Transfer.Transfer): this side draws progress and answers for the login. */
export async function transferWithRegistry(transfer: RegistryTransfer): Promise<void> {
  const { client, emit, signal } = transfer;
  const progress = await openProgress(client, emit, signal);
  try {
    await withLogin(transfer, async (registry) => {
      const { source, destination } = transfer.ends(registry);
      await client.transfer.transfer(source, destination, { progressStream: progress.id, signal });
      await progress.drain();
    });
  } finally {
    progress.close();
  }
}

async function withLogin(transfer: RegistryTransfer, use: (registry: Any) => Promise<void>): Promise<void> {
  const { client, reference, hostsDir, plainHttp, login, signal } = transfer;
  const host = referenceHost(reference);
  const auth = login && (await answerAuthRequests(client, { host, login, signal }));
  try {
    await use(
      ociRegistry({
        reference: formatReference(reference),
        authStream: auth?.id ?? '',
        hostDir: hostsDir,
        defaultScheme: plainHttp ? 'http' : '',
      }),
    );
  } finally {
    auth?.close();
  }
}
