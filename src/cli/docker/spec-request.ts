import { hostname } from 'node:os';
import { mkdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { InferredFlags } from '@oclif/core/interfaces';
import { ownCapabilities } from '../../host/capabilities.js';
import { devicesAt, hostDevices } from '../../host/devices.js';
import { parseMount, parseTmpfs, parseVolume, type DockerMount } from '../../oci/docker-mount.js';
import { KindError } from '../../oci/errors.js';
import type { SpecInput } from '../../oci/spec/build.js';
import { decodeSeccomp } from '../../oci/spec/decode.js';
import { parseNofileLimit } from '../../oci/spec/rlimit.js';
import type { LinuxDevice, Mount } from '../../oci/spec/types.js';
import { parseSize, SizeError } from '../../output/units.js';
import { UsageError } from '../errors.js';
import { readText } from '../read-text.js';
import type { Env } from '../session.js';
import type { dockerContainerFlags } from './container-flags.js';
import { dockerEnvironment } from './environment.js';

/** The values of {@link dockerContainerFlags}. */
export type DockerContainerFlags = InferredFlags<typeof dockerContainerFlags>;

/** The spec as docker's flags ask for it; host folders of `-v` are made here. @throws KindError */
export function dockerSpec(
  flags: DockerContainerFlags,
  id: string,
  env: Env,
): Omit<SpecInput, 'namespace' | 'id' | 'from' | 'args' | 'user' | 'labels'> {
  checkNetwork(flags);
  const host = flags.network === 'host';
  const security = securityOptions(flags);
  return {
    env: dockerEnvironment(flags['env-file'], flags.env, env),
    cwd: flags.workdir,
    tty: flags.tty,
    readOnly: flags['read-only'],
    mounts: mounts(flags),
    privileges: flags.privileged
      ? { capabilities: ownCapabilities(), hostDevices: hostDevices() }
      : undefined,
    hostNetwork: host ? hostname() : undefined,
    capAdd: flags['cap-add'].flatMap(capabilities),
    capDrop: flags['cap-drop'].flatMap(capabilities),
    ...security,
    cpu: { cpus: flags.cpus, shares: flags['cpu-shares'], cpusetCpus: flags['cpuset-cpus'] },
    memoryLimit: flags.memory === undefined ? undefined : size(flags.memory),
    devices: flags.device.flatMap(devices),
    hostname: flags.hostname ?? (host ? undefined : id.slice(0, 63)),
    rlimitNofile: nofile(flags.ulimit),
  };
}

function checkNetwork({ network, publish, 'publish-all': all }: DockerContainerFlags): void {
  const without = 'networks and published ports need CNI, which tctr run does not set up';
  if (publish.length > 0 || all) {
    throw new KindError('not implemented', `--publish is not supported: ${without}`, {
      hint: 'with --network host the process listens on the host itself',
    });
  }
  if (network !== 'host' && network !== 'none') {
    throw new KindError('not implemented', `--network ${network} is not supported: ${without}`, {
      hint: 'use --network host, or none',
    });
  }
}

function mounts(flags: DockerContainerFlags): Mount[] {
  const wanted = [
    ...flags.volume.map(parseVolume),
    ...flags.mount.map(parseMount),
    ...flags.tmpfs.map(parseTmpfs),
  ];
  return wanted.map(onHost);
}

/** Makes the host's side absolute, and there. */
function onHost({ mount, createSource }: DockerMount): Mount {
  if (mount.type !== 'bind') return mount;
  const source = resolve(mount.source ?? '');
  if (createSource) mkdirSync(source, { recursive: true, mode: 0o755 });
  else if (!statSync(source, { throwIfNoEntry: false })) {
    throw new KindError(
      'invalid argument',
      `invalid mount config for type "bind": bind source path does not exist: ${source}`,
    );
  }
  return { ...mount, source };
}

function capabilities(text: string): readonly string[] {
  const name = text.toUpperCase().replace(/^CAP_/, '');
  if (name === 'ALL') return ownCapabilities();
  if (!/^[A-Z_]{2,40}$/.test(name)) throw new UsageError(`invalid capability: ${JSON.stringify(text)}`);
  return [`CAP_${name}`];
}

/** docker's defaults: a seccomp profile unless privileged, and processes may gain privileges. */
function securityOptions(
  flags: DockerContainerFlags,
): Pick<SpecInput, 'seccomp' | 'apparmorProfile' | 'allowNewPrivileges'> {
  let seccomp: SpecInput['seccomp'] = flags.privileged
    ? undefined
    : { arch: process.arch === 'arm64' ? 'arm64' : 'amd64' };
  let apparmorProfile: string | undefined;
  let allowNewPrivileges = true;
  for (const option of flags['security-opt']) {
    const [key = '', value = ''] = option.split(/[=:]/, 2);
    if (key === 'no-new-privileges') allowNewPrivileges = value === 'false';
    else if (key === 'seccomp') {
      seccomp = value === 'unconfined' ? undefined : { profile: decodeSeccomp(Buffer.from(readText(value))) };
    } else if (key === 'apparmor') apparmorProfile = value === 'unconfined' ? undefined : value;
    else throw new UsageError(`invalid --security-opt: ${JSON.stringify(option)}`);
  }
  return { seccomp, apparmorProfile, allowNewPrivileges };
}

function size(text: string): bigint {
  try {
    return parseSize(text);
  } catch (error) {
    if (!(error instanceof SizeError)) throw error;
    throw new UsageError(
      `invalid argument ${JSON.stringify(text)} for "-m, --memory" flag: ${error.message}`,
    );
  }
}

function devices(text: string): LinuxDevice[] {
  const [path = '', target = path, access] = text.split(':');
  if (access !== undefined && access !== 'rwm') {
    throw new KindError('not implemented', `--device ${text}: only rwm is supported`);
  }
  const found = devicesAt(path);
  return target === path
    ? [...found]
    : found.map((device) => ({ ...device, path: target + device.path.slice(path.length) }));
}

function nofile(limits: readonly string[]): SpecInput['rlimitNofile'] {
  const other = limits.find((limit) => !limit.startsWith('nofile='));
  if (other !== undefined)
    throw new KindError('not implemented', `--ulimit ${other} is not supported`, { hint: 'only nofile is' });
  const last = limits.at(-1);
  return last === undefined ? undefined : parseNofileLimit(last.slice('nofile='.length));
}
