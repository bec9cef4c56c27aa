import { describe, expect, test } from '@jest/globals';
import type { Client } from '../../../src/client/client.js';
import type { Container } from '../../../src/client/containers.js';
import { KindError } from '../../../src/oci/errors.js';
import { containerName, ownerOf } from '../../../src/ops/container-owner.js';
import { readExit } from '../../../src/ops/exit-label.js';
import { findContainer } from '../../../src/ops/find-container.js';
import { restartLabels, restartWish } from '../../../src/ops/restart-labels.js';
import { startFailureStatus } from '../../../src/ops/runtime-failure.js';

const container = (id: string, labels: Record<string, string> = {}): Container =>
  ({ id, labels: new Map(Object.entries(labels)) }) as unknown as Container;

function clientOf(...containers: Container[]): Client {
  const get = (id: string): Promise<Container> => {
    const found = containers.find((each) => each.id === id);
    return found ? Promise.resolve(found) : Promise.reject(new KindError('not found', 'gone'));
  };
  return { containers: { get, list: () => Promise.resolve(containers) } } as unknown as Client;
}

describe('findContainer', () => {
  const pod = container('cri1', {
    'io.cri-containerd.kind': 'container',
    'io.kubernetes.pod.namespace': 'prod',
    'io.kubernetes.pod.name': 'web-0',
    'io.kubernetes.container.name': 'app',
  });
  const client = clientOf(
    container('abc1'),
    container('abc2', { 'nerdctl/name': 'web' }),
    container('abc'),
    pod,
  );

  test.each([
    ['abc', 'abc'],
    ['abc1', 'abc1'],
    ['web', 'abc2'],
    ['/web', 'abc2'],
    ['prod/web-0/app', 'cri1'],
    ['cr', 'cri1'],
  ])('%s is %s', async (word, id) => {
    expect((await findContainer(client, word)).id).toBe(id);
  });

  test('a beginning of several ids names them', async () => {
    await expect(findContainer(client, 'ab')).rejects.toMatchObject({
      kind: 'invalid argument',
      message: '"ab" fits more than one container: abc1, abc2, abc',
    });
  });

  test.each([
    ['nope', 'not found'],
    ['', 'invalid argument'],
  ])('%j is %s', async (word, kind) => {
    await expect(findContainer(client, word)).rejects.toMatchObject({ kind });
  });
});

test('owners and names come from labels', () => {
  expect(ownerOf(container('a', { 'com.docker/engine.bundle.path': '/x' }))).toBe('docker');
  expect(ownerOf(container('a', { 'io.cri-containerd.kind': 'sandbox' }))).toBe('kubernetes');
  expect(ownerOf(container('a', { 'nerdctl/name': 'x' }))).toBe('nerdctl');
  expect(ownerOf(container('a'))).toBe('nobody');
  expect(containerName(container('a', { 'tctr/name': 'x' }))).toBe('x');
  expect(containerName(container('a'))).toBe('a');
});

test.each([
  ['3 2026-11-21T02:17:04Z', { exitCode: 3, at: 1_795_227_424_000_000_000n }],
  ['3', { exitCode: 3, at: undefined }],
  ['x', undefined],
  ['-1', undefined],
])('the note of an exit %j', (text, exit) => {
  expect(readExit(new Map([['tctr/exit', text]]))).toEqual(exit);
});

test('restart policies', () => {
  expect(restartLabels('no', 'file:///l').size).toBe(0);
  expect(restartLabels('on-failure:3', 'file:///l').get('containerd.io/restart.policy')).toBe('on-failure:3');
  expect(() => restartLabels('sometimes', '')).toThrow('invalid restart policy: sometimes');
  expect(restartWish(new Map(), 'stopped').size).toBe(0);
  expect(restartWish(restartLabels('always', ''), 'stopped').get('containerd.io/restart.status')).toBe(
    'stopped',
  );
});

test.each([
  ['OCI runtime create failed: exec: "x": executable file not found in $PATH: unknown', 127],
  [
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "/x": stat /x: no such file or directory',
    127,
  ],
  ['OCI runtime create failed: exec: "/etc": permission denied: unknown', 126],
  ['OCI runtime create failed: something else', 125],
  // Not the process's failure: a snapshot's, say.
  ['mkdir /x: permission denied', 125],
])('%s ends with %i', (message, status) => {
  expect(startFailureStatus(new KindError('unknown', message), 125)).toBe(status);
});
