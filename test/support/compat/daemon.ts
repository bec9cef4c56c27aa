import { afterAll } from '@jest/globals';
import { Client } from '../../../src/client/client.js';
import type { Side } from './side.js';

/** A connection to each daemon that was asked for, by its socket. */
const connections = new Map<string, Promise<Client>>();

/** Does something with a client of the side's daemon, in the side's namespace. */
export async function withDaemon<T>(
  { daemon: { socket }, namespace }: Pick<Side, 'daemon' | 'namespace'>,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const connection = connections.get(socket) ?? Client.connect({ address: socket, namespace });
  connections.set(socket, connection);
  return work((await connection).within({ namespace }));
}

// A test file that has this module has its own copy of it.
afterAll(async () => {
  for (const connection of connections.values()) (await connection).close();
});
