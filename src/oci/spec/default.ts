import { posix } from 'node:path';
import type { DeviceRule, LinuxSpec, Mount } from './types.js';
import { withResources } from './update.js';

/** The runtime-spec release that ctr 2.1 writes. */
export const ociVersion = '1.2.1';

const capabilities = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FSETID',
  'CAP_FOWNER',
  'CAP_MKNOD',
  'CAP_NET_RAW',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETFCAP',
  'CAP_SETPCAP',
  'CAP_NET_BIND_SERVICE',
  'CAP_SYS_CHROOT',
  'CAP_KILL',
  'CAP_AUDIT_WRITE',
];

const mounts: readonly Mount[] = [
  mount('/proc', 'proc', 'proc', 'nosuid,noexec,nodev'),
  mount('/dev', 'tmpfs', 'tmpfs', 'nosuid,strictatime,mode=755,size=65536k'),
  mount('/dev/pts', 'devpts', 'devpts', 'nosuid,noexec,newinstance,ptmxmode=0666,mode=0620,gid=5'),
  mount('/dev/shm', 'tmpfs', 'shm', 'nosuid,noexec,nodev,mode=1777,size=65536k'),
  mount('/dev/mqueue', 'mqueue', 'mqueue', 'nosuid,noexec,nodev'),
  mount('/sys', 'sysfs', 'sysfs', 'nosuid,noexec,nodev,ro'),
  mount('/run', 'tmpfs', 'tmpfs', 'nosuid,strictatime,mode=755,size=65536k'),
];

const maskedPaths = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/sys/firmware',
  '/sys/devices/virtual/powercap',
  '/proc/scsi',
];

const readonlyPaths = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

/** Whose spec it is; both are part of the cgroup's path. */
export interface ContainerName {
  readonly namespace: string;
  readonly id: string;
}

/** containerd's default spec for Linux (pkg/oci, WithDefaultSpec): what `ctr oci spec` prints, there with an empty id. */
export function defaultSpec({ namespace, id }: ContainerName): LinuxSpec {
  return {
    ociVersion,
    process: {
      user: { uid: 0, gid: 0 },
      cwd: '/',
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
      rlimits: [{ type: 'RLIMIT_NOFILE', hard: 1024n, soft: 1024n }],
      noNewPrivileges: true,
    },
    root: { path: 'rootfs' },
    mounts,
    linux: {
      resources: { devices: [{ allow: false, access: 'rwm' }] },
      cgroupsPath: posix.join('/', namespace, id),
      namespaces: ['pid', 'ipc', 'uts', 'mount', 'network'].map((type) => ({ type })),
      maskedPaths,
      readonlyPaths,
    },
  };
}

/** Allows null, random, full, tty, zero, urandom, console, the pts and ptmx (pkg/oci, WithDefaultUnixDevices). */
export function withDefaultDevices(spec: LinuxSpec): LinuxSpec {
  const numbers = [
    [1n, 3n],
    [1n, 8n],
    [1n, 7n],
    [5n, 0n],
    [1n, 5n],
    [1n, 9n],
    [5n, 1n],
    [136n],
    [5n, 2n],
  ] as const;
  const rules = numbers.map(([major, minor]): DeviceRule => ({
    allow: true,
    type: 'c',
    major,
    minor,
    access: 'rwm',
  }));
  return withResources(spec, { devices: [...(spec.linux.resources.devices ?? []), ...rules] });
}

function mount(destination: string, type: string, source: string, options: string): Mount {
  return { destination, type, source, options: options.split(',') };
}
