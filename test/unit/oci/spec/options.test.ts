import { describe, expect, test } from '@jest/globals';
import { withDroppedCapabilities } from '../../../../src/oci/spec/capabilities.js';
import { defaultSpec, withDefaultDevices } from '../../../../src/oci/spec/default.js';
import { withDevices } from '../../../../src/oci/spec/devices.js';
import { withGpus } from '../../../../src/oci/spec/gpus.js';
import { withMounts } from '../../../../src/oci/spec/mounts.js';
import { withHostNetwork, withNamespace } from '../../../../src/oci/spec/namespaces.js';
import { withPrivileges } from '../../../../src/oci/spec/privileged.js';
import { withCpuLimits, withMemoryLimit } from '../../../../src/oci/spec/resources.js';

const spec = withDefaultDevices(defaultSpec({ namespace: 'n', id: 'i' }));
const zero = { path: '/dev/zero', type: 'c', major: 1n, minor: 5n, fileMode: 0o666, uid: 0, gid: 0 };

test('the cgroup is /namespace/id, and /namespace for `oci spec`', () => {
  expect(spec.linux.cgroupsPath).toBe('/n/i');
  expect(defaultSpec({ namespace: 'default', id: '' }).linux.cgroupsPath).toBe('/default');
});

test('a mount replaces the one with its destination, as long as that is written in the clean form', () => {
  const own = { ...spec, mounts: [{ destination: '/a/../b/' }, { destination: '/c' }] };
  const destinations = (given: string): readonly string[] =>
    withMounts(own, [{ destination: given }]).mounts.map(({ destination }) => destination);
  expect(destinations('/b')).toEqual(['/c', '/b']);
  expect(destinations('/c/')).toEqual(['/a/../b/', '/c', '/c/']);
  expect(destinations('')).toEqual(['/a/../b/', '/c', '']);
});

describe('namespaces', () => {
  test('a joined one takes the place of its type or comes last', () => {
    const joined = withNamespace(withNamespace(spec, { type: 'ipc', path: '/x' }), {
      type: 'user',
      path: '/y',
    });
    expect(joined.linux.namespaces).toEqual([
      { type: 'pid' },
      { type: 'ipc', path: '/x' },
      { type: 'uts' },
      { type: 'mount' },
      { type: 'network' },
      { type: 'user', path: '/y' },
    ]);
  });

  test('--net-host', () => {
    const host = withHostNetwork(spec, 'box');
    expect(host.linux.namespaces?.map(({ type }) => type)).toEqual(['pid', 'ipc', 'uts', 'mount']);
    expect(host.process.env).toEqual(['HOSTNAME=box']);
    expect(host.mounts.slice(-2)).toEqual([
      { destination: '/etc/hosts', type: 'bind', source: '/etc/hosts', options: ['rbind', 'ro'] },
      { destination: '/etc/resolv.conf', type: 'bind', source: '/etc/resolv.conf', options: ['rbind', 'ro'] },
    ]);
  });
});

describe('--privileged', () => {
  const capabilities = ['CAP_CHOWN', 'CAP_BPF'];

  test('takes all fences down', () => {
    const open = withPrivileges(spec, { capabilities, hostDevices: [zero] });
    expect(open.process.capabilities).toEqual({
      bounding: capabilities,
      effective: capabilities,
      permitted: capabilities,
    });
    expect(open.linux.maskedPaths).toEqual([]);
    expect(open.linux.readonlyPaths).toEqual([]);
    expect(open.mounts.find(({ type }) => type === 'sysfs')?.options).toEqual([
      'nosuid',
      'noexec',
      'nodev',
      'rw',
    ]);
    expect(open.linux.resources.devices).toEqual([{ allow: true, access: 'rwm' }]);
    expect(open.linux.devices).toEqual([zero]);
  });

  test('without host devices the default rules stay', () => {
    const open = withPrivileges(spec, { capabilities });
    expect(open.linux.devices).toBeUndefined();
    expect(open.linux.resources.devices).toEqual(spec.linux.resources.devices);
  });

  test('does not change the spec it was given', () => {
    expect(spec.mounts.find(({ type }) => type === 'sysfs')?.options).toContain('ro');
    expect(withDroppedCapabilities(spec, ['CAP_KILL']).process.capabilities.bounding).not.toContain(
      'CAP_KILL',
    );
    expect(spec.process.capabilities.bounding).toContain('CAP_KILL');
  });
});

test('--device adds the node and the rule', () => {
  const { linux } = withDevices(spec, [zero]);
  expect(linux.devices).toEqual([zero]);
  expect(linux.resources.devices?.at(-1)).toEqual({
    allow: true,
    type: 'c',
    major: 1n,
    minor: 5n,
    access: 'rwm',
  });
});

test.each([
  [{ cpus: 0.29 }, { quota: 28_999n, period: 100_000n }],
  [{ cpus: Infinity }, { quota: -(2n ** 63n), period: 100_000n }],
  [{ cpus: NaN }, undefined],
  [{ quota: 5n }, { quota: 5n, period: 0n }],
  [{ period: 7n }, { quota: -1n, period: 7n }],
  [{ shares: 0n }, undefined],
  [{ shares: -5n }, undefined],
  [
    { shares: 2n, cpusetCpus: '0-1' },
    { shares: 2n, cpus: '0-1' },
  ],
])('CPU limits %p', (limits, cpu) => {
  expect(withCpuLimits(spec, limits).linux.resources.cpu).toEqual(cpu);
});

test.each([
  [0n, undefined],
  [1n << 40n, { limit: 1n << 40n }],
  [2n ** 64n - 1n, { limit: -1n }],
])('memory limit %p', (bytes, memory) => {
  expect(withMemoryLimit(spec, bytes).linux.resources.memory).toEqual(memory);
});

test("--gpus adds NVIDIA's hook", () => {
  const { hooks } = withGpus(spec, {
    indexes: [0n, 2n],
    containerdPath: '/usr/bin/containerd',
    nvidiaPath: '/usr/bin/nvidia-container-cli',
    environment: ['A=1'],
  });
  expect(hooks?.createRuntime).toEqual([
    {
      path: '/usr/bin/containerd',
      args: (
        'containerd oci-hook -- /usr/bin/nvidia-container-cli --load-kmods configure --device=0,2 --compute --compat32 ' +
        '--graphics --utility --video --display --pid={{pid}} {{rootfs}}'
      ).split(' '),
      env: ['A=1'],
    },
  ]);
});
