import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { parseDigest } from '../../src/oci/digest.js';
import { Client } from '../../src/client/client.js';
import { contract, refusal } from './contract.js';

const blob = { digest: parseDigest(`sha256:${'b'.repeat(64)}`), size: 100n };

contract('calls', (given) => {
  test('are ended by a signal, before and while they wait', async () => {
    const controller = new AbortController();
    const writer = await given.client.content.writer('cancelled', blob, { signal: controller.signal });
    controller.abort();
    const canceled = { kind: 'canceled', message: 'context canceled' };
    expect(await refusal(writer.commit())).toEqual(canceled);
    expect(await refusal(given.client.images.list([], { signal: controller.signal }))).toEqual(canceled);
    expect(await refusal(given.client.content.list([], { signal: controller.signal }).next())).toEqual(
      canceled,
    );
    await given.client.images.list();
  });

  test("are ended by the client's own signal, but for those that clean up", async () => {
    const controller = new AbortController();
    const client = await Client.connect({
      address: given.socket,
      namespace: given.client.namespace,
      signal: controller.signal,
    });
    controller.abort();
    expect(await refusal(client.images.list())).toEqual({ kind: 'canceled', message: 'context canceled' });
    expect(await client.forCleanup().images.list()).toEqual([]);
    client.close();
  });

  test('are ended by a limit', async () => {
    const exceeded = { kind: 'deadline exceeded', message: 'context deadline exceeded' };
    const writer = await given.client.content.writer('late', blob, { timeout: 2_000 });
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await refusal(writer.commit())).toEqual(exceeded);
  });

  test('of services that are not there are told by their kind', async () => {
    if ((await given.client.version.get()).version.startsWith('1.6')) {
      const nothing = { typeUrl: '', value: new Uint8Array() };
      expect(await refusal(given.client.transfer.transfer(nothing, nothing))).toEqual({
        kind: 'not implemented',
        message: 'unknown service containerd.services.transfer.v1.Transfer',
      });
    } else {
      expect(await given.client.introspection.has('io.containerd.transfer.v1', 'local')).toBe(true);
    }
  });

  test('on a closed client are refused', async () => {
    const client = await Client.connect({ address: given.socket, namespace: given.client.namespace });
    client.close();
    expect((await refusal(client.version.get())).kind).toBe('unavailable');
    expect((await refusal(client.content.list().next())).kind).toBe('unavailable');
  });

  test('leave nothing on their signal', async () => {
    const { signal } = new AbortController();
    const client = await Client.connect({ address: given.socket, namespace: given.client.namespace, signal });
    const calls = Array.from({ length: 40 }, () => client.images.list());
    expect(getEventListeners(signal, 'abort')).toHaveLength(1); // for all of them
    await Promise.all(calls);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    client.close();
  });

  test('tell about the daemon', async () => {
    const { introspection, version } = given.client;
    expect((await version.get()).version).toMatch(/^\d+\.\d+\.\d+/);
    expect((await introspection.server()).uuid).toMatch(/^[0-9a-f-]{36}$/);
    expect(await introspection.has('io.containerd.snapshotter.v1', 'overlayfs')).toBe(true);
    expect(await introspection.has('io.containerd.snapshotter.v1', 'zfs')).toBe(false);
    expect(await introspection.plugins(['type==io.containerd.snapshotter.v1,id==native'])).toHaveLength(1);
  });
});
