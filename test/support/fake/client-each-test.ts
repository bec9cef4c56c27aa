import { afterEach, beforeEach } from '@jest/globals';
import { Client } from '../../../src/client/client.js';
import { startFake, type FakeContainerd } from './containerd.js';

/** A fake of its own for each test, and a client connected to it. */
export interface ClientBench {
  readonly fake: FakeContainerd;
  readonly client: Client;
}

/** Gives every test of a file a fresh fake and a client; read them inside the tests only. */
export function clientEachTest(): ClientBench {
  let fake: FakeContainerd | undefined;
  let client: Client | undefined;
  beforeEach(async () => {
    fake = await startFake();
    client = await Client.connect({ address: fake.socket, namespace: 'default' });
  });
  afterEach(async () => {
    client?.close();
    await fake?.close();
  });
  return {
    get fake() {
      if (!fake) throw new Error('the fake runs only while a test does');
      return fake;
    },
    get client() {
      if (!client) throw new Error('the client is there only while a test runs');
      return client;
    },
  };
}
