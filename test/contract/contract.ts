import { afterAll, beforeAll, describe } from '@jest/globals';
import { Client } from '../../src/client/client.js';
import { KindError, type ErrorKind } from '../../src/oci/errors.js';
import { startFake, type FakeContainerd } from '../support/fake/containerd.js';
import { lab } from '../support/lab.js';
import { removeNamespace } from './empty-namespace.js';

/** The daemon that an expectation is checked on. */
export interface Given {
  /** In a namespace of the suite's own, empty at its beginning. */
  readonly client: Client;
  /** The same connection in a second namespace. */
  readonly other: Client;
  readonly socket: string;
  /** Only where the daemon is the fake. */
  readonly fake: FakeContainerd | undefined;
  /** Path of the runc that a real daemon's shims use. */
  readonly runc: string;
}

interface Target {
  readonly name: string;
  readonly start: () => Promise<{
    readonly socket: string;
    readonly runc: string;
    readonly fake?: FakeContainerd;
  }>;
}

/** The same expectations of the fake and of every real daemon, so that the fake cannot lie. */
export function contract(topic: string, expectations: (given: Given) => void): void {
  describe.each(targets())(`${topic} of $name`, ({ start }) => {
    const namespace = `tctr-contract-${topic.replaceAll(' ', '-')}`;
    const holder: { given?: Given } = {};
    const given = later(() => holder.given as Given);
    beforeAll(async () => {
      const { socket, runc, fake } = await start();
      const client = await Client.connect({ address: socket, namespace });
      const other = client.within({ namespace: `${namespace}-other` });
      holder.given = { client, other, socket, runc, fake };
      await removeNamespace(client);
      await removeNamespace(other);
    });
    afterAll(async () => {
      await removeNamespace(given.client);
      await removeNamespace(given.other);
      given.client.close();
      await given.fake?.close();
    });
    expectations(given);
  });
}

function targets(): Target[] {
  const fake: Target = {
    name: 'the fake',
    async start() {
      const started = await startFake();
      return { socket: started.socket, fake: started, runc: '' };
    },
  };
  const real = lab().daemons.map(({ full, socket, runc }): Target => ({
    name: `containerd ${full}`,
    start: () => Promise.resolve({ socket, runc }),
  }));
  return [fake, ...real];
}

/** An object that is there only once the tests run, to be named before. */
export function later<T extends object>(get: () => T): T {
  return new Proxy({} as T, {
    get(_target, key) {
      const object = get();
      const value: unknown = Reflect.get(object, key);
      return typeof value === 'function' ? (value.bind(object) as unknown) : value;
    },
  });
}

/** What a client says of a refusal: its kind and words. @throws Error when there was none. */
export async function refusal(call: Promise<unknown>): Promise<{ kind: ErrorKind; message: string }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    return { kind: error.kind, message: error.message };
  }
  throw new Error('the daemon took it');
}
