import { describe, expect, test } from '@jest/globals';
import { eventTypes } from '../../../src/client/event-types.js';
import { pack } from '../../../src/client/typeurl.js';
import { ContainerCreate, ContainerUpdate } from '../../../src/gen/events/container.js';
import { ContentCreate } from '../../../src/gen/events/content.js';
import { ImageUpdate } from '../../../src/gen/events/image.js';
import { NamespaceDelete } from '../../../src/gen/events/namespace.js';
import { SandboxExit } from '../../../src/gen/events/sandbox.js';
import { SnapshotPrepare } from '../../../src/gen/events/snapshot.js';
import { TaskCreate, TaskExecStarted, TaskExit, TaskOOM } from '../../../src/gen/events/task.js';
import { eventLine } from '../../../src/views/event-line.js';

const timestamp = { seconds: 1795250121n, nanos: 275000316 };
const line = (event: ReturnType<typeof pack> | undefined) =>
  eventLine({ timestamp, namespace: 'ns', topic: '/t', event });
const head = '2026-11-21 08:35:21.275000316 +0000 UTC ns /t ';
const exitedAt = { seconds: 1795250123n, nanos: 107308484 };

describe('the line of an event', () => {
  test.each([
    [pack(ContentCreate, { digest: 'sha256:1', size: 405n }), '{"digest":"sha256:1","size":405}'],
    [
      pack(ImageUpdate, { name: 'a', labels: new Map([['b', '<&>']]) }),
      '{"name":"a","labels":{"b":"\\u003c\\u0026\\u003e"}}',
    ],
    [pack(NamespaceDelete, { name: '' }), '{}'],
    [
      pack(SnapshotPrepare, { key: 'k', parent: '', snapshotter: 'overlayfs' }),
      '{"key":"k","snapshotter":"overlayfs"}',
    ],
    [
      pack(ContainerCreate, {
        id: 'c',
        image: '',
        runtime: { name: 'r', options: { typeUrl: 'o', value: Uint8Array.of(1) } },
      }),
      '{"id":"c","runtime":{"name":"r","options":{"type_url":"o","value":"AQ=="}}}',
    ],
    [
      pack(ContainerUpdate, {
        id: 'c',
        image: 'i',
        labels: new Map([
          ['z', '1'],
          ['a', '2'],
        ]),
        snapshotKey: 'k',
      }),
      '{"id":"c","image":"i","labels":{"a":"2","z":"1"},"snapshot_key":"k"}',
    ],
    [
      pack(TaskExit, { containerId: 'c', id: 'c', pid: 7, exitStatus: 0, exitedAt }),
      '{"container_id":"c","id":"c","pid":7,"exited_at":{"seconds":1795250123,"nanos":107308484}}',
    ],
    [pack(TaskOOM, { containerId: 'c' }), '{"container_id":"c"}'],
    [
      pack(TaskExecStarted, { containerId: 'c', execId: 'e', pid: 1 }),
      '{"container_id":"c","exec_id":"e","pid":1}',
    ],
    [
      pack(SandboxExit, { sandboxId: 's', exitStatus: 1, exitedAt: undefined }),
      '{"sandbox_id":"s","exit_status":1}',
    ],
    [
      pack(TaskCreate, {
        containerId: 'c',
        bundle: '/b',
        rootfs: [{ type: 'bind', source: '/s', target: '', options: ['ro'] }],
        io: { stdin: '', stdout: '/o', stderr: '', terminal: true },
        checkpoint: '',
        pid: 3,
      }),
      '{"container_id":"c","bundle":"/b","rootfs":[{"type":"bind","source":"/s","options":["ro"]}],"io":{"stdout":"/o","terminal":true},"pid":3}',
    ],
  ])('%#', (event, json) => {
    expect(line(event)).toBe(`${head}${json}\n`);
  });
  test('without an event', () => expect(line(undefined)).toBe(`${head}\n`));
  test('with escapes that a terminal would obey', () => {
    expect(line(pack(TaskOOM, { containerId: '\u001b[2J\u009b' }))).not.toMatch(/[\u001b\u009b]/);
  });
});

test.each(eventTypes)('%s without a value', (typeUrl) => {
  expect(line({ typeUrl, value: new Uint8Array() })).toBe(`${head}{}\n`);
});
test('all of containerd’s types are known', () => {
  expect(eventTypes.filter((name) => !/Entry$/.test(name)).length).toBeGreaterThanOrEqual(28);
});
test.each([
  ['an unknown type', { typeUrl: 'nope', value: new Uint8Array() }],
  ['bytes of another type', { typeUrl: TaskOOM.$type, value: Uint8Array.of(0x0a, 0xff) }],
])('no line for %s', (_name, event) => {
  expect(line(event)).toHaveProperty('problem', expect.stringContaining(event.typeUrl));
});
