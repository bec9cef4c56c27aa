import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { InferredFlags } from '@oclif/core/interfaces';
import { packRuncOptions, packRuntimeOptions } from '../client/runtime-options.js';
import type { Any } from '../client/typeurl.js';
import { loadDefaultProfile } from '../host/apparmor.js';
import { readBlockIOClass } from '../host/blockio.js';
import { ownCapabilities } from '../host/capabilities.js';
import { devicesAt, hostDevices } from '../host/devices.js';
import { findProgram } from '../host/find-program.js';
import { prefixed } from '../oci/errors.js';
import { parseMountFlag } from '../oci/mount-flag.js';
import { parseAnnotations } from '../oci/spec/annotations.js';
import type { SpecInput } from '../oci/spec/build.js';
import { parseCapability } from '../oci/spec/capabilities.js';
import { decodeSeccomp, decodeSpec } from '../oci/spec/decode.js';
import { ociVersion } from '../oci/spec/default.js';
import { encodeSpec } from '../oci/spec/encode.js';
import { parseEnvFile } from '../oci/spec/env.js';
import type { Gpus } from '../oci/spec/gpus.js';
import { parseIdMapping, type UserNamespace } from '../oci/spec/id-mappings.js';
import { parseNamespace } from '../oci/spec/namespaces.js';
import { checkCpuLimits, type CpuLimits } from '../oci/spec/resources.js';
import { parseNofileLimit } from '../oci/spec/rlimit.js';
import type { BlockIO, Mount } from '../oci/spec/types.js';
import type { containerFlags } from './container-flags.js';
import { UsageError } from './errors.js';
import { readText } from './read-text.js';

/** The values of {@link containerFlags}. */
export type ContainerFlags = InferredFlags<typeof containerFlags>;

/** What more `run` says of the spec. */
export interface SpecExtras {
  readonly cpu?: CpuLimits;
  readonly withoutHostDevices?: boolean;
  readonly userNamespace?: UserNamespace | undefined;
}

/** The spec as flags ask for it; files and devices that they name are read here. @throws KindError in ctr's words. */
export async function specInput(
  flags: ContainerFlags,
  given: (flag: string) => boolean,
  extras: SpecExtras = {},
): Promise<Omit<SpecInput, 'namespace' | 'id' | 'from' | 'args' | 'user' | 'labels'>> {
  const cpu = { quota: flags['cpu-quota'] ?? -1n, period: flags['cpu-period'] ?? 0n, ...extras.cpu };
  checkCpuLimits(cpu);
  if (extras.withoutHostDevices === true && !flags.privileged) {
    throw new UsageError("can't use 'privileged-without-host-devices' without 'privileged' specified");
  }
  return {
    env: flags.env,
    envFile: flags['env-file'] === undefined ? [] : parseEnvFile(readText(flags['env-file'])),
    cwd: flags.cwd,
    tty: flags.tty,
    readOnly: flags['read-only'],
    mounts: flags.mount.map(specMount),
    privileges: flags.privileged
      ? {
          capabilities: ownCapabilities(),
          hostDevices: extras.withoutHostDevices === true ? undefined : hostDevices(),
        }
      : undefined,
    hostNetwork: flags['net-host'] ? hostname() : undefined,
    annotations: parseAnnotations(flags.annotation),
    capAdd: flags['cap-add'].map(parseCapability),
    capDrop: flags['cap-drop'].map(parseCapability),
    seccomp: seccomp(flags),
    apparmorProfile: apparmorProfile(flags),
    gpus: flags.gpus.length > 0 ? gpus(flags.gpus) : undefined,
    blockIO: await blockIO(flags),
    userNamespace: extras.userNamespace,
    cpu,
    memoryLimit: flags['memory-limit'],
    joinNamespaces: flags['with-ns'].map(parseNamespace),
    allowNewPrivileges: given('allow-new-privs'),
    cgroup: given('cgroup') ? flags.cgroup : undefined,
    devices: flags.device.flatMap((path) => [...devicesAt(path)]),
    rootfsPropagation: flags['rootfs-propagation'],
    rdtClass: flags['rdt-class'],
    hostname: flags.hostname,
    rlimitNofile: flags['rlimit-nofile'] === undefined ? undefined : parseNofileLimit(flags['rlimit-nofile']),
  };
}

function specMount(text: string): Mount {
  const { type, source, destination, options } = parseMountFlag(text);
  return {
    destination: destination ?? '',
    ...(type === undefined ? {} : { type }),
    ...(source === undefined ? {} : { source }),
    ...(options === undefined ? {} : { options }),
  };
}

/** The user namespace of `--uidmap` and `--gidmap`: one without the other is none, as with ctr. */
export function userNamespace(flags: {
  readonly uidmap: readonly string[];
  readonly gidmap: readonly string[];
}): UserNamespace | undefined {
  const { uidmap, gidmap } = flags;
  if (uidmap.length === 0 || gidmap.length === 0) return undefined;
  return { uidMappings: uidmap.map(parseIdMapping), gidMappings: gidmap.map(parseIdMapping) };
}

function apparmorProfile(flags: ContainerFlags): string | undefined {
  const own = flags['apparmor-profile'];
  const standard = flags['apparmor-default-profile'];
  if (own && standard) throw new UsageError('apparmor-profile conflicts with apparmor-default-profile');
  if (standard) loadDefaultProfile(standard);
  return own || standard;
}

function gpus(indexes: readonly bigint[]): Gpus {
  return {
    indexes,
    containerdPath: findProgram('containerd'),
    nvidiaPath: findProgram('nvidia-container-cli'),
    environment: Object.entries(process.env).map(([name, value = '']) => `${name}=${value}`),
  };
}

/** A configuration is read, and its mistakes are told, even if no class of it is asked for. */
async function blockIO(flags: ContainerFlags): Promise<BlockIO | undefined> {
  const file = flags['blockio-config-file'] || undefined;
  const name = flags['blockio-class'] || undefined;
  if (file === undefined && name === undefined) return undefined;
  return readBlockIOClass(file, name);
}

function seccomp(flags: ContainerFlags): SpecInput['seccomp'] {
  const profile = flags['seccomp-profile'];
  if (!flags.seccomp) {
    if (profile) throw new UsageError('seccomp must be set to true, if using a custom seccomp-profile');
    return undefined;
  }
  if (profile) {
    const quoted = JSON.stringify(profile);
    const text = prefixing(`cannot load seccomp profile ${quoted}`, () => readText(profile));
    return {
      profile: prefixing(`decoding seccomp profile failed ${quoted}`, () => decodeSeccomp(Buffer.from(text))),
    };
  }
  return { arch: process.arch === 'arm64' ? 'arm64' : 'amd64' };
}

/** The runtime's options as flags ask for them: runc's always, others' where a configuration is named. */
export function runtimeOptions(flags: ContainerFlags): (runtime: string) => Any | undefined {
  const binaryName = flags['runc-binary'] ?? '';
  const systemdCgroup = flags['runc-systemd-cgroup'];
  const configPath = flags['runtime-config-path'] ?? '';
  return (runtime) => {
    if (runtime === 'io.containerd.runc.v2') {
      if (systemdCgroup && !flags.cgroup) {
        // runc's error would show much later, and less clearly.
        throw new UsageError(
          'option --runc-systemd-cgroup requires --cgroup to be set, e.g. "machine.slice:foo:deadbeef"',
        );
      }
      return packRuncOptions({ binaryName, root: flags['runc-root'] ?? '', systemdCgroup });
    }
    if (binaryName !== '' || systemdCgroup) {
      throw new UsageError(
        'specifying runc-binary and runc-systemd-cgroup is only supported for "io.containerd.runc.v2" runtime',
      );
    }
    return configPath === '' ? undefined : packRuntimeOptions(configPath);
  };
}

/** The folder of --rootfs, absolute. */
export function rootfsPath(text: string): string {
  return resolve(text);
}

/** The spec of --config, labelled as annotations too. @throws KindError in ctr's words */
export function specConfig(file: string, labels: ReadonlyMap<string, string>): string {
  const text = prefixing('cannot load spec config file', () => readText(file));
  const words = `decoding spec config file failed, current supported OCI runtime-spec : v${ociVersion}`;
  const spec = prefixing(words, () => decodeSpec(Buffer.from(text)));
  if (labels.size === 0) return encodeSpec(spec);
  return encodeSpec({ ...spec, annotations: new Map([...(spec.annotations ?? []), ...labels]) });
}

function prefixing<T>(words: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw prefixed(words, error);
  }
}
