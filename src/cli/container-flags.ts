import { bool, float, int, ints, string, strings, uint } from './flags.js';

const spec = 'The container';
const limits = 'Limits and rights';
const runtime = 'Runtime and storage';

/** The flags of `container create` and `run`: ctr's, all versions'. */
export const containerFlags = {
  env: strings({ summary: 'set a variable; without = remove it', placeholder: 'NAME=VALUE', group: spec }),
  'env-file': string({ summary: 'read variables from a file', placeholder: 'FILE', group: spec }),
  cwd: string({ summary: 'the working directory', placeholder: 'DIR', group: spec }),
  user: string({
    summary: 'run as this user and group, names or numbers',
    aliases: ['u'],
    placeholder: 'USER[:GROUP]',
    group: spec,
  }),
  tty: bool({ summary: 'give it a terminal', aliases: ['t'], group: spec }),
  hostname: string({ summary: 'its host name', placeholder: 'NAME', group: spec }),
  label: strings({ summary: 'label it', placeholder: 'KEY=VALUE', group: spec }),
  annotation: strings({ summary: 'annotate its spec', placeholder: 'KEY=VALUE', group: spec }),
  mount: strings({
    summary: 'mount something into it',
    placeholder: 'type=bind,src=/a,dst=/b,options=rbind:ro',
    group: spec,
  }),
  'read-only': bool({ summary: 'make its root file system read-only', group: spec }),
  'net-host': bool({ summary: "share the host's network", group: spec }),
  'with-ns': strings({ summary: 'join a namespace that exists', placeholder: 'TYPE:PATH', group: spec }),
  device: strings({ summary: 'give it a device, or all below a folder', placeholder: 'PATH', group: spec }),
  rootfs: bool({ summary: 'the first argument is a folder, not an image', group: spec }),
  config: string({ summary: 'use this OCI spec as it is', aliases: ['c'], placeholder: 'FILE', group: spec }),
  'rootfs-propagation': string({ summary: "its root's mount propagation", placeholder: 'MODE', group: spec }),

  privileged: bool({ summary: 'all capabilities, all devices', group: limits }),
  'cap-add': strings({ summary: 'add a capability', placeholder: 'CAP_NAME', group: limits }),
  'cap-drop': strings({ summary: 'drop a capability', placeholder: 'CAP_NAME', group: limits }),
  'allow-new-privs': bool({ summary: 'let it gain privileges (setuid programs)', group: limits }),
  seccomp: bool({ summary: 'filter system calls with the default profile', group: limits }),
  'seccomp-profile': string({ summary: 'filter them with this profile', placeholder: 'FILE', group: limits }),
  'apparmor-profile': string({
    summary: 'confine it with a loaded AppArmor profile',
    placeholder: 'NAME',
    group: limits,
  }),
  'apparmor-default-profile': string({
    summary: 'confine it with the default profile, loaded under this name',
    placeholder: 'NAME',
    group: limits,
  }),
  gpus: ints({ summary: 'give it an NVIDIA GPU, by its number', placeholder: 'N', group: limits }),
  'memory-limit': uint({ summary: 'memory, in bytes', group: limits }),
  'cpu-quota': int({ summary: 'microseconds of cpu in each period', group: limits }),
  'cpu-period': uint({ summary: "the quota's period, in microseconds", group: limits }),
  cgroup: string({ summary: 'the path of its cgroup; empty for none', placeholder: 'PATH', group: limits }),
  'rdt-class': string({ summary: 'its RDT class', placeholder: 'NAME', group: limits }),
  'blockio-config-file': string({
    summary: 'the file that defines the block I/O classes',
    placeholder: 'FILE',
    group: limits,
  }),
  'blockio-class': string({ summary: 'its block I/O class', placeholder: 'NAME', group: limits }),
  'rlimit-nofile': string({
    summary: 'how many files it may open',
    placeholder: 'SOFT[:HARD]',
    group: limits,
  }),

  runtime: string({
    summary: "the runtime (default the namespace's, else io.containerd.runc.v2)",
    placeholder: 'NAME',
    group: runtime,
  }),
  'runtime-config-path': string({
    summary: "the runtime's configuration",
    placeholder: 'FILE',
    group: runtime,
  }),
  'runc-binary': string({ summary: 'the runc to use', placeholder: 'FILE', group: runtime }),
  'runc-root': string({ summary: "runc's state folder", placeholder: 'DIR', group: runtime }),
  'runc-systemd-cgroup': bool({ summary: 'let systemd make the cgroup', group: runtime }),
  snapshotter: string({
    summary: "the snapshotter (default the namespace's, else overlayfs)",
    environment: 'CONTAINERD_SNAPSHOTTER',
    placeholder: 'NAME',
    group: runtime,
  }),
  'snapshotter-label': strings({ summary: 'label the snapshot', placeholder: 'KEY=VALUE', group: runtime }),
  sandbox: string({ summary: 'put it into this sandbox', placeholder: 'ID', group: runtime }),
  'no-pivot': bool({ summary: 'do not use pivot_root', group: runtime }),
  'pid-file': string({ summary: 'write the process id to a file', placeholder: 'FILE', group: runtime }),
};

/** The flags that `run` has beyond `container create`: cpu, platform, and how it is run. */
export const runLimitFlags = {
  cpus: float({ summary: 'how many cpus it may use', group: limits }),
  'cpu-shares': int({ summary: 'its share of the cpus (default 1024)', group: limits }),
  'cpuset-cpus': string({ summary: 'the cpus it may use', placeholder: '0-3,7', group: limits }),
  'cpuset-mems': string({ summary: 'the memory nodes it may use', placeholder: '0,1', group: limits }),
  'privileged-without-host-devices': bool({ summary: 'with --privileged: no host devices', group: limits }),
  uidmap: strings({
    summary: 'run in a user namespace with these users',
    placeholder: 'CONTAINER:HOST:SIZE',
    group: limits,
  }),
  gidmap: strings({ summary: 'and these groups', placeholder: 'CONTAINER:HOST:SIZE', group: limits }),
  'remap-labels': bool({ summary: 'let the snapshotter map the files, by labels', group: limits }),
  cni: bool({ summary: 'connect it to the network of /etc/cni/net.d', group: limits }),
  'sync-fs': bool({ summary: 'sync the file system when the image is unpacked', group: runtime }),
  platform: string({ summary: 'use the image of this platform', placeholder: 'OS/ARCH', group: runtime }),
};
