import { Client } from '../../../src/client/client.js';
import type { Side } from './side.js';

/** Does something with a client of the side's daemon, in the side's namespace, and closes it. */
export async function withDaemon<T>(
  { daemon, namespace }: Pick<Side, 'daemon' | 'namespace'>,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await Client.connect({ address: daemon.socket, namespace });
  try {
    return await work(client);
  } finally {
    client.close();
  }
}
