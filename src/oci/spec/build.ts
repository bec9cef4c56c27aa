import { withAnnotations } from './annotations.js';
import { withAddedCapabilities, withDroppedCapabilities } from './capabilities.js';
import { type ContainerName, defaultSpec, withDefaultDevices } from './default.js';
import { withDevices } from './devices.js';
import { mergeEnv } from './env.js';
import { type Gpus, withGpus } from './gpus.js';
import { type UserNamespace, withUserNamespace } from './id-mappings.js';
import { type ImageRunConfig, withImageConfig } from './image-config.js';
import { withMounts } from './mounts.js';
import { withHostNetwork, withNamespace } from './namespaces.js';
import { type Privileges, withPrivileges } from './privileged.js';
import { type CpuLimits, withBlockIO, withCpuLimits, withMemoryLimit } from './resources.js';
import { withRlimit } from './rlimit.js';
import { defaultSeccomp, type GoArch, withSeccomp } from './seccomp.js';
import type { BlockIO, LinuxDevice, LinuxNamespace, LinuxSpec, Mount, Rlimit, Seccomp } from './types.js';
import { withLinux, withProcess } from './update.js';
import type { ContainerUser } from './user.js';

/** Everything a container's spec is made of: parsed flags of `run` and `containers create`, and facts of the host. */
export interface SpecInput extends ContainerName {
  /** An image's config, or the absolute path of `--rootfs`. */
  readonly from: { readonly image: ImageRunConfig } | { readonly rootfs: string };
  /** Replaces the image's entrypoint and command. */
  readonly args?: readonly string[];
  /** What resolveContainerUser found. */
  readonly user?: ContainerUser | undefined;
  /** Lines of `--env-file`. */
  readonly envFile?: readonly string[];
  readonly env?: readonly string[];
  readonly cwd?: string | undefined;
  readonly tty?: boolean;
  readonly readOnly?: boolean;
  readonly mounts?: readonly Mount[];
  readonly userNamespace?: UserNamespace | undefined;
  /** `--privileged`. */
  readonly privileges?: Privileges | undefined;
  /** The host's name with `--net-host`. */
  readonly hostNetwork?: string | undefined;
  readonly annotations?: ReadonlyMap<string, string>;
  /** `--label` values: they become annotations, too. */
  readonly labels?: ReadonlyMap<string, string>;
  readonly capAdd?: readonly string[];
  readonly capDrop?: readonly string[];
  /** `--seccomp`: a profile, or the architecture to make the default profile for. */
  readonly seccomp?: { readonly profile: Seccomp } | { readonly arch: GoArch } | undefined;
  readonly apparmorProfile?: string | undefined;
  readonly cpu?: CpuLimits;
  /** Bytes; 0 is no limit. */
  readonly memoryLimit?: bigint | undefined;
  /** `--with-ns`. */
  readonly joinNamespaces?: readonly LinuxNamespace[];
  readonly gpus?: Gpus | undefined;
  /** Whether `--allow-new-privs` was given; ctr does not look at its value. */
  readonly allowNewPrivileges?: boolean;
  /** `--cgroup`; '' takes the path away. */
  readonly cgroup?: string | undefined;
  readonly devices?: readonly LinuxDevice[];
  readonly rootfsPropagation?: string | undefined;
  readonly blockIO?: BlockIO | undefined;
  readonly rdtClass?: string | undefined;
  readonly hostname?: string | undefined;
  readonly rlimitNofile?: Rlimit | undefined;
}

/** Builds the spec that ctr 2.1 writes for the same input (cmd/ctr/commands/run, NewContainer), in its order. */
export function buildSpec(input: SpecInput): LinuxSpec {
  return steps.reduce((spec, step) => step(spec, input), withDefaultDevices(defaultSpec(input)));
}

type Step = (spec: LinuxSpec, input: SpecInput) => LinuxSpec;

const steps: readonly Step[] = [applyEnv, applyRoot, applyProcess, applySecurity, applyResources, applyRest];

function applyEnv(spec: LinuxSpec, { envFile = [], env = [] }: SpecInput): LinuxSpec {
  const fromFile = mergeEnv(spec.process.env ?? [], envFile);
  return withProcess(spec, { env: mergeEnv(fromFile, env) });
}

function applyRoot(spec: LinuxSpec, { from, mounts = [], userNamespace, readOnly }: SpecInput): LinuxSpec {
  let changed = withMounts(spec, mounts);
  if ('rootfs' in from) changed = { ...changed, root: { ...changed.root, path: from.rootfs } };
  else changed = withImageConfig(changed, from.image);
  // ctr: `--rootfs --uidmap` ignores the mapping.
  if (userNamespace !== undefined && 'image' in from) changed = withUserNamespace(changed, userNamespace);
  return readOnly === true ? { ...changed, root: { ...changed.root, readonly: true } } : changed;
}

function applyProcess(spec: LinuxSpec, { args = [], cwd, user, tty }: SpecInput): LinuxSpec {
  let changed = args.length > 0 ? withProcess(spec, { args }) : spec;
  if (cwd) changed = withProcess(changed, { cwd });
  if (user !== undefined) changed = withProcess(changed, { user });
  // ctr: TERM is appended even if it is set already (`run -t --env TERM=vt100` has both).
  return tty === true
    ? withProcess(changed, { terminal: true, env: [...(changed.process.env ?? []), 'TERM=xterm'] })
    : changed;
}

function applySecurity(spec: LinuxSpec, input: SpecInput): LinuxSpec {
  const { privileges, hostNetwork, annotations, seccomp, apparmorProfile } = input;
  let changed = privileges === undefined ? spec : withPrivileges(spec, privileges);
  if (hostNetwork !== undefined) changed = withHostNetwork(changed, hostNetwork);
  if (annotations !== undefined) changed = withAnnotations(changed, annotations);
  changed = withAddedCapabilities(changed, input.capAdd ?? []);
  changed = withDroppedCapabilities(changed, input.capDrop ?? []);
  if (seccomp !== undefined) {
    const bounding = changed.process.capabilities.bounding ?? [];
    changed = withSeccomp(
      changed,
      'arch' in seccomp ? defaultSeccomp(bounding, seccomp.arch) : seccomp.profile,
    );
  }
  return apparmorProfile ? withProcess(changed, { apparmorProfile }) : changed;
}

function applyResources(spec: LinuxSpec, input: SpecInput): LinuxSpec {
  let changed = withCpuLimits(spec, input.cpu ?? {});
  changed = (input.joinNamespaces ?? []).reduce(withNamespace, changed);
  if (input.gpus !== undefined) changed = withGpus(changed, input.gpus);
  if (input.allowNewPrivileges === true) changed = withProcess(changed, { noNewPrivileges: false });
  if (input.cgroup !== undefined) changed = withLinux(changed, { cgroupsPath: input.cgroup });
  changed = withMemoryLimit(changed, input.memoryLimit ?? 0n);
  return withDevices(changed, input.devices ?? []);
}

function applyRest(spec: LinuxSpec, input: SpecInput): LinuxSpec {
  const { rootfsPropagation, blockIO, rdtClass, hostname, rlimitNofile, labels } = input;
  let changed = rootfsPropagation ? withLinux(spec, { rootfsPropagation }) : spec;
  if (blockIO !== undefined) changed = withBlockIO(changed, blockIO);
  if (rdtClass) changed = withLinux(changed, { intelRdt: { closID: rdtClass } });
  if (hostname) changed = { ...changed, hostname };
  if (rlimitNofile !== undefined) changed = withRlimit(changed, rlimitNofile);
  return labels === undefined ? changed : withAnnotations(changed, labels);
}
