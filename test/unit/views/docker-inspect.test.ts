import { describe, expect, test } from '@jest/globals';
import { decodeSpec } from '../../../src/oci/spec/decode.js';
import { formatJson } from '../../../src/output/json.js';
import type { ShownState } from '../../../src/views/docker-status.js';
import {
  inspectContainer,
  inspectImage,
  type InspectedContainer,
  type InspectedImage,
} from '../../../src/views/docker-inspect.js';

const second = 1_000_000_000n;
const specOf = (spec: object) => decodeSpec(new TextEncoder().encode(JSON.stringify(spec)));
const task = {
  containerId: 'web1',
  id: 'web1',
  pid: 77,
  status: 2,
  stdin: '',
  stdout: 'file:///log',
  stderr: '',
  terminal: false,
  exitStatus: 0,
  exitedAt: undefined,
};
const row: InspectedContainer = {
  container: {
    id: 'web1',
    labels: new Map([['containerd.io/restart.policy', 'on-failure:3']]),
    image: 'docker.io/library/nginx:alpine',
    runtime: { name: 'io.containerd.runc.v2', options: undefined },
    spec: undefined,
    snapshotter: 'overlayfs',
    snapshotKey: 'web1-key',
    createdAt: { seconds: 1_700_000_000n, nanos: 5 },
    updatedAt: undefined,
    extensions: new Map(),
    sandbox: 'pod',
  },
  spec: specOf({
    process: {
      args: ['nginx', '-g', 'x'],
      env: ['A=1'],
      cwd: '/srv',
      terminal: true,
      user: { uid: 7, gid: 8 },
    },
    hostname: 'here',
    root: { path: 'rootfs', readonly: true },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      { destination: '/data', type: 'bind', source: '/srv/data', options: ['rbind', 'ro', 'rslave'] },
      { destination: '/etc/x', source: '/x', options: ['bind'] },
    ],
    linux: {
      cgroupsPath: '/default/web1',
      namespaces: [{ type: 'pid' }, { type: 'network' }],
      resources: {
        memory: { limit: 67_108_864 },
        cpu: { quota: 50_000, period: 100_000, shares: 512, cpus: '0-1' },
      },
    },
  }),
  task,
  name: 'web',
  image: 'nginx:alpine',
  namespace: 'default',
  state: { status: 'running', since: 1_700_000_001n * second },
};
/** As its reader gets it. */
const shown = (value: Parameters<typeof formatJson>[0]) =>
  JSON.parse(formatJson(value)) as Record<string, Record<string, unknown>>;
const container = (more: Partial<InspectedContainer> = {}) => shown(inspectContainer({ ...row, ...more }));

describe('a container', () => {
  test('has docker’s members, and containerd’s own', () => {
    expect(container()).toEqual({
      Id: 'web1',
      Created: '2023-11-14T22:13:20.000000005Z',
      Path: 'nginx',
      Args: ['-g', 'x'],
      State: {
        Status: 'running',
        Running: true,
        Paused: false,
        Pid: 77,
        ExitCode: 0,
        StartedAt: '2023-11-14T22:13:21Z',
        FinishedAt: '0001-01-01T00:00:00Z',
      },
      Image: 'nginx:alpine',
      Name: '/web',
      Driver: 'overlayfs',
      Platform: 'linux',
      HostConfig: {
        Memory: 67_108_864,
        NanoCpus: 500_000_000,
        CpuShares: 512,
        CpusetCpus: '0-1',
        NetworkMode: 'none',
        ReadonlyRootfs: true,
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
        Runtime: 'io.containerd.runc.v2',
        CgroupParent: '/default/web1',
      },
      Mounts: [
        {
          Type: 'bind',
          Source: '/srv/data',
          Destination: '/data',
          Mode: 'rbind,ro,rslave',
          RW: false,
          Propagation: 'rslave',
        },
        { Type: 'bind', Source: '/x', Destination: '/etc/x', Mode: 'bind', RW: true, Propagation: '' },
      ],
      Config: {
        Hostname: 'here',
        User: '7:8',
        Tty: true,
        Env: ['A=1'],
        Cmd: ['nginx', '-g', 'x'],
        Image: 'nginx:alpine',
        WorkingDir: '/srv',
        Labels: { 'containerd.io/restart.policy': 'on-failure:3' },
      },
      NetworkSettings: { SandboxKey: '/proc/77/ns/net', Ports: {} },
      Containerd: {
        Namespace: 'default',
        Snapshotter: 'overlayfs',
        SnapshotKey: 'web1-key',
        Runtime: 'io.containerd.runc.v2',
        Sandbox: 'pod',
        Stdout: 'file:///log',
      },
    });
  });

  const never = '0001-01-01T00:00:00Z';
  test.each<[ShownState, object]>([
    [
      { status: 'paused', since: undefined },
      { Status: 'paused', Running: true, Paused: true, Pid: 77, StartedAt: never, FinishedAt: never },
    ],
    [
      { status: 'exited', exitCode: 137, at: 2n * second + 1n },
      {
        Running: false,
        Pid: 0,
        ExitCode: 137,
        StartedAt: never,
        FinishedAt: '1970-01-01T00:00:02.000000001Z',
      },
    ],
    [
      { status: 'exited', exitCode: 0, at: undefined },
      { Running: false, ExitCode: 0, FinishedAt: never },
    ],
    [{ status: 'created' }, { Status: 'created', Running: false, Paused: false, Pid: 0, ExitCode: 0 }],
    [{ status: 'unknown' }, { Status: 'unknown', Running: false, Pid: 0 }],
  ])('%j', (state, expected) => {
    expect(container({ state })['State']).toMatchObject(expected);
  });

  test.each([
    [[{ type: 'pid' }], 'host'],
    [[{ type: 'network', path: '/var/run/netns/a' }], 'ns:/var/run/netns/a'],
    [undefined, 'host'],
  ])('with the namespaces %j is on the network %s', (namespaces, mode) => {
    expect(container({ spec: specOf({ linux: { namespaces } }) })['HostConfig']).toMatchObject({
      NetworkMode: mode,
    });
  });

  test('that nobody knows much of has everything a reader looks for', () => {
    const found = container({
      spec: specOf({}),
      task: undefined,
      container: { ...row.container, labels: new Map(), runtime: undefined, createdAt: undefined },
      state: { status: 'created' },
    });
    expect(found).toMatchObject({
      Created: never,
      Path: '',
      Args: [],
      Mounts: [],
      HostConfig: {
        Memory: 0,
        NanoCpus: 0,
        RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
        Runtime: '',
      },
      Config: { User: '', Env: [], Cmd: [], Labels: {} },
      NetworkSettings: { SandboxKey: '' },
      Containerd: { Stdout: '' },
    });
  });

  test('whose limit is no share of a CPU has none', () => {
    const spec = specOf({ linux: { resources: { cpu: { quota: -1, period: 100_000 } } } });
    expect(container({ spec })['HostConfig']).toMatchObject({ NanoCpus: 0 });
  });
});

describe('an image', () => {
  const image: InspectedImage = {
    id: 'sha256:aa',
    tags: ['busybox:latest'],
    digests: ['busybox@sha256:bb'],
    size: 2n ** 40n,
    config: {
      platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
      created: '2024-01-01T00:00:00Z',
      author: 'me',
      process: {
        user: 'nobody',
        env: ['A=1'],
        entrypoint: ['/e'],
        cmd: ['c'],
        workingDir: '/w',
        stopSignal: '',
        labels: new Map([['l', '1']]),
        exposedPorts: ['80/tcp'],
        volumes: ['/v'],
      },
      diffIds: ['sha256:cc' as never],
      history: [],
    },
    labels: new Map([['own', 'x']]),
    namespace: 'default',
    target: { mediaType: 'm', digest: 'sha256:bb' },
  };

  test('has docker’s members, and containerd’s own', () => {
    expect(shown(inspectImage(image))).toEqual({
      Id: 'sha256:aa',
      RepoTags: ['busybox:latest'],
      RepoDigests: ['busybox@sha256:bb'],
      Created: '2024-01-01T00:00:00Z',
      Author: 'me',
      Architecture: 'arm64',
      Variant: 'v8',
      Os: 'linux',
      Size: 2 ** 40,
      Config: {
        User: 'nobody',
        ExposedPorts: { '80/tcp': {} },
        Env: ['A=1'],
        Cmd: ['c'],
        Entrypoint: ['/e'],
        WorkingDir: '/w',
        Volumes: { '/v': {} },
        Labels: { l: '1' },
      },
      RootFS: { Type: 'layers', Layers: ['sha256:cc'] },
      Containerd: {
        Namespace: 'default',
        Labels: { own: 'x' },
        Target: { MediaType: 'm', Digest: 'sha256:bb' },
      },
    });
  });

  test('whose config is not here is shown without it', () => {
    expect(shown(inspectImage({ ...image, config: undefined }))).toMatchObject({
      Id: 'sha256:aa',
      Created: '',
      Os: '',
      Config: null,
      RootFS: { Layers: [] },
    });
  });
});
