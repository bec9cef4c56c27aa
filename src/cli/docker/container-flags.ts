import { bool, float, int, string, stringOr, strings } from '../flags.js';

const spec = 'The container';
const limits = 'Limits and rights';

/** docker's flags of `run` and `create`. */
export const dockerContainerFlags = {
  name: string({ summary: 'its name (default: one made up)', placeholder: 'NAME', group: spec }),
  interactive: bool({ summary: 'give it our input', aliases: ['i'], group: spec }),
  tty: bool({ summary: 'give it a terminal', aliases: ['t'], group: spec }),
  env: strings({
    summary: 'set a variable; without = ours is handed on',
    aliases: ['e'],
    placeholder: 'NAME[=VALUE]',
    group: spec,
  }),
  'env-file': strings({ summary: 'read variables from a file', placeholder: 'FILE', group: spec }),
  volume: strings({
    summary: 'mount a folder of the host',
    aliases: ['v'],
    placeholder: '/HOST:/PATH[:ro]',
    group: spec,
  }),
  mount: strings({
    summary: 'the same in long: type=bind or tmpfs',
    placeholder: 'type=bind,src=/a,dst=/b,ro',
    group: spec,
  }),
  tmpfs: strings({ summary: 'a file system in memory', placeholder: '/PATH[:OPTIONS]', group: spec }),
  workdir: string({ summary: 'the working directory', aliases: ['w'], placeholder: 'DIR', group: spec }),
  user: string({
    summary: 'run as this user and group, names or numbers',
    aliases: ['u'],
    placeholder: 'USER[:GROUP]',
    group: spec,
  }),
  entrypoint: string({ summary: "replace the image's entrypoint", placeholder: 'PROGRAM', group: spec }),
  hostname: string({
    summary: 'its host name (default its name)',
    aliases: ['h'],
    placeholder: 'NAME',
    group: spec,
  }),
  label: strings({ summary: 'label it', aliases: ['l'], placeholder: 'KEY=VALUE', group: spec }),
  network: stringOr('none', {
    summary: "host: share the host's network; none (default): loopback only",
    aliases: ['net'],
    placeholder: 'host|none',
    group: spec,
  }),
  publish: strings({
    summary: 'publish a port: not supported, use --network host',
    aliases: ['p'],
    placeholder: 'PORTS',
    group: spec,
    hidden: true,
  }),
  'publish-all': bool({ summary: 'not supported', aliases: ['P'], group: spec, hidden: true }),
  restart: stringOr('no', {
    summary: 'no, always, unless-stopped, on-failure[:N]',
    placeholder: 'POLICY',
    group: spec,
  }),
  platform: string({ summary: 'the image of this platform', placeholder: 'OS/ARCH', group: spec }),
  pull: stringOr('missing', {
    summary: 'when to pull: missing, always, never',
    placeholder: 'WHEN',
    group: spec,
  }),
  'hosts-dir': string({
    summary: 'a folder of hosts.toml files: mirrors, certificates',
    placeholder: 'DIR',
    group: spec,
  }),
  'stop-signal': string({ summary: 'the signal that stop sends', placeholder: 'SIGNAL', group: spec }),
  runtime: string({ summary: 'the runtime', placeholder: 'NAME', group: spec }),
  snapshotter: string({
    summary: 'the snapshotter',
    environment: 'CONTAINERD_SNAPSHOTTER',
    placeholder: 'NAME',
    group: spec,
  }),

  privileged: bool({ summary: 'all capabilities, all devices', group: limits }),
  'cap-add': strings({
    summary: 'add a capability, as NET_ADMIN or ALL',
    placeholder: 'NAME',
    group: limits,
  }),
  'cap-drop': strings({ summary: 'drop a capability, or ALL', placeholder: 'NAME', group: limits }),
  'security-opt': strings({
    summary: 'seccomp=unconfined, seccomp=FILE, apparmor=PROFILE, no-new-privileges',
    placeholder: 'OPTION',
    group: limits,
  }),
  'read-only': bool({ summary: 'make its root file system read-only', group: limits }),
  device: strings({ summary: 'give it a device', placeholder: '/DEV[:/PATH]', group: limits }),
  memory: string({ summary: 'memory, as 512m or 2g', aliases: ['m'], placeholder: 'SIZE', group: limits }),
  cpus: float({ summary: 'how many cpus it may use', group: limits }),
  'cpu-shares': int({ summary: 'its share of the cpus', aliases: ['c'], group: limits }),
  'cpuset-cpus': string({ summary: 'the cpus it may use', placeholder: '0-3,7', group: limits }),
  ulimit: strings({ summary: 'nofile=SOFT[:HARD]', placeholder: 'LIMIT', group: limits }),
};
