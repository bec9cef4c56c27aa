import { describe, expect, test } from '@jest/globals';
import { TaskStatus, type Process, type ProcessInfo } from '../../../src/client/tasks.js';
import { pack, packJson, typeUrls } from '../../../src/client/typeurl.js';
import { ProcessDetails } from '../../../src/gen/types/runc/options/oci.js';
import type { Container } from '../../../src/client/containers.js';
import { parseDigest } from '../../../src/oci/digest.js';
import { formatJson } from '../../../src/output/json.js';
import { containerInfo } from '../../../src/views/container-info.js';
import { containerList } from '../../../src/views/container-list.js';
import { drawTop } from '../../../src/views/docker-top.js';
import { imageList, type ImageRow } from '../../../src/views/image-list.js';
import { namespaceList } from '../../../src/views/namespace-list.js';
import { renderPluginDetails } from '../../../src/views/plugin-details.js';
import { pluginList } from '../../../src/views/plugin-list.js';
import { processList } from '../../../src/views/process-list.js';
import { renderList } from '../../../src/views/render-list.js';
import { taskList } from '../../../src/views/task-list.js';
import { plugin } from '../../support/fake/introspection.js';

const evil = 'x\u001b[31m\u202e';
const shown = 'x\\x1b[31m\\u202e';
const digest = parseDigest(`sha256:${'a'.repeat(64)}`);

const container: Container = {
  id: 'box',
  labels: new Map([['k', evil]]),
  image: '',
  runtime: { name: 'io.containerd.runc.v2', options: undefined },
  spec: packJson(typeUrls.spec, '{"ociVersion":"1.2.0","hostname":"h"}'),
  snapshotter: 'overlayfs',
  snapshotKey: 'box',
  createdAt: { seconds: 1n, nanos: 500_000_000 },
  updatedAt: undefined,
  extensions: new Map(),
  sandbox: '',
};
const task = (id: string, pid: number, status: TaskStatus): Process => ({ id, pid, status }) as Process;
const image = (more: Partial<ImageRow> = {}): ImageRow => ({
  image: {
    name: `example.com/${evil}:1`,
    labels: new Map([
      ['b', '2'],
      ['a', evil],
    ]),
    target: { mediaType: 'm', digest, size: 1n, annotations: new Map() },
    createdAt: { seconds: 0n, nanos: 0 },
    updatedAt: { seconds: 0n, nanos: 0 },
  },
  size: 1_115_464n,
  platforms: [
    { os: 'linux', architecture: 'arm64' },
    { os: 'linux', architecture: 'amd64' },
    { os: 'linux', architecture: 'amd64' },
  ],
  ...more,
});

describe('tables, as ctr draws them', () => {
  test('containers', async () => {
    expect(await renderList([container], containerList, {})).toBe(
      'CONTAINER    IMAGE    RUNTIME                  \nbox          -        io.containerd.runc.v2    \n',
    );
    expect(await renderList([], containerList, {})).toBe('CONTAINER    IMAGE    RUNTIME    \n');
  });

  test('tasks, whose last cell is not padded', async () => {
    const tasks = [
      task('a', 7, TaskStatus.RUNNING),
      task('longer', 12345, TaskStatus.PAUSED),
      task('x', 1, 99 as TaskStatus),
    ];
    expect(await renderList(tasks, taskList, {})).toBe(
      'TASK      PID      STATUS    \na         7        RUNNING\nlonger    12345    PAUSED\nx         1        99\n',
    );
  });

  test('images: labels and platforms sorted, each once, escapes visible', async () => {
    const [head = '', row = ''] = (await renderList([image()], imageList, {})).split('\n');
    expect(row).toBe(`example.com/${shown}:1 m    ${digest} 1.1 MiB linux/amd64,linux/arm64 a=${shown},b=2 `);
    expect(head.indexOf('DIGEST')).toBe(row.indexOf('sha256:'));
    const bare = image({ platforms: [], image: { ...image().image, labels: new Map() } });
    expect(await renderList([bare], imageList, {})).toMatch(/ 1\.1 MiB - {9}- {6}\n$/);
  });

  test('namespaces', async () => {
    const namespaces = [{ name: 'a', labels: new Map([['k', evil]]) }];
    expect(await renderList(namespaces, namespaceList, {})).toMatch(
      new RegExp(`^NAME LABELS +\\na    k=${shown.replaceAll(/[\\[]/g, '\\$&')} +\\n$`),
    );
  });

  test('plugins: declined, failed, and well', async () => {
    const error = (message: string) => ({ initErr: { code: 2, message, details: [] } });
    const platforms = [{ os: 'linux', architecture: 'amd64', variant: '', osVersion: '', osFeatures: [] }];
    const rows = [
      plugin('t', 'one', { platforms }),
      plugin('t', 'two', error('not there: skip plugin')),
      plugin('t', 'three', error('boom')),
    ];
    const lines = (await renderList(rows, pluginList, {}))
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/));
    expect(lines.slice(1, 4)).toEqual([
      ['t', 'one', 'linux/amd64', 'ok'],
      ['t', 'two', '-', 'skip'],
      ['t', 'three', '-', 'error'],
    ]);
  });

  test('processes: what the runtime says of an exec', async () => {
    const rows: ProcessInfo[] = [
      { pid: 1, info: undefined },
      { pid: 20, info: pack(ProcessDetails, { execId: 'e "1"' }) },
      { pid: 3, info: { typeUrl: 'other', value: new Uint8Array() } },
    ];
    expect(await renderList(rows, processList, {})).toBe(
      'PID    INFO\n1      -\n20     exec_id:"e \\"1\\""\n3      other\n',
    );
  });
});

describe('the other forms of a list', () => {
  test('--quiet has names only, escapes visible', async () => {
    expect(await renderList([image()], imageList, { quiet: true })).toBe(`example.com/${shown}:1\n`);
  });

  test('JSON and templates speak of the same rows', async () => {
    const rows = [task('a', 7, TaskStatus.RUNNING)];
    expect(JSON.parse(await renderList(rows, taskList, { format: 'json' }))).toEqual([
      { ID: 'a', PID: 7, Status: 'RUNNING' },
    ]);
    expect(await renderList(rows, taskList, { format: '{{.ID}}={{.PID}}' })).toBe('a=7\n');
    expect(await renderList([], taskList, { format: 'json' })).toBe('[]\n');
    const json = await renderList([image()], imageList, { format: 'json' });
    expect(json).not.toMatch(/[\u001b\u202e]/);
    expect(JSON.parse(json)).toMatchObject([{ Name: `example.com/${evil}:1`, Labels: { a: evil } }]);
  });
});

test('plugin details: a block each, with a line between', async () => {
  const full = plugin('t', 'one', {
    requires: ['a', 'b'],
    exports: new Map([
      ['z', '1'],
      ['root', evil],
    ]),
    capabilities: ['c', 'd'],
    initErr: { code: 99, message: 'odd', details: [] },
  });
  const text = await renderPluginDetails([full, plugin('t', 'two')]);
  expect(text.split('\n').map((line) => line.trim().replaceAll(/ +/g, ' '))).toEqual(
    [
      'Type: t',
      'ID: one',
      'Requires:',
      'a',
      'b',
      'Exports:',
      `root ${shown}`,
      'z 1',
      'Capabilities: c,d',
    ].concat(['Error:', 'Code: Code(99)', 'Message: odd', '', 'Type: t', 'ID: two', '']),
  );
});

test('container info: the record, its spec decoded, and what is not there as ctr has it', () => {
  expect(JSON.parse(formatJson(containerInfo(container)))).toEqual({
    ID: 'box',
    Labels: { k: evil },
    Image: '',
    Runtime: { Name: 'io.containerd.runc.v2', Options: null },
    SnapshotKey: 'box',
    Snapshotter: 'overlayfs',
    CreatedAt: '1970-01-01T00:00:01.5Z',
    UpdatedAt: '0001-01-01T00:00:00Z',
    Extensions: {},
    SandboxID: '',
    Spec: { ociVersion: '1.2.0', hostname: 'h' },
  });
  const bare = {
    ...container,
    labels: new Map(),
    runtime: undefined,
    spec: { typeUrl: 'other', value: Uint8Array.of(1) },
  };
  expect(JSON.parse(formatJson(containerInfo(bare)))).toMatchObject({
    Labels: null,
    Runtime: { Name: '', Options: null },
    Spec: { type_url: 'other', value: 'AQ==' },
  });
});

test('top: the time of today, the day before that, and no command that steers', async () => {
  const now = new Date(2026, 4, 6, 12, 0, 0);
  const at = (...parts: [number, number, number, number, number]) =>
    BigInt(new Date(...parts).getTime()) * 1_000_000n;
  const row = { uid: 0, pid: 1, ppid: 0, cpuSeconds: 3725, tty: '?', command: evil };
  const table = await drawTop(
    [
      { ...row, startedAt: at(2026, 4, 6, 9, 8) },
      { ...row, startedAt: at(2026, 4, 5, 9, 8) },
      { ...row, startedAt: undefined },
    ],
    now,
  );
  const rows = table
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ {2,}/));
  expect(rows.map((cells) => cells.slice(3))).toEqual([
    ['09:08', '?', '01:02:05', shown],
    ['May05', '?', '01:02:05', shown],
    ['?', '?', '01:02:05', shown],
  ]);
});
