import { withCapabilities } from './capabilities.js';
import type { LinuxDevice, LinuxSpec, Mount } from './types.js';
import { withLinux, withProcess, withResources } from './update.js';

/** What `--privileged` hands on from the host. */
export interface Privileges {
  /** The caller's effective capabilities. */
  readonly capabilities: readonly string[];
  /** Every device node of the host; undefined with `--privileged-without-host-devices`. */
  readonly hostDevices?: readonly LinuxDevice[] | undefined;
}

/** Takes the fences down (pkg/oci, WithPrivileged, WithAllDevicesAllowed, WithHostDevices). */
export function withPrivileges(spec: LinuxSpec, { capabilities, hostDevices }: Privileges): LinuxSpec {
  const capable = withCapabilities(spec, capabilities);
  const writable = { ...capable, mounts: capable.mounts.map(makeWritable) };
  const unlabelled = withProcess(writable, { selinuxLabel: '', apparmorProfile: '' });
  const open = withLinux(unlabelled, { maskedPaths: [], readonlyPaths: [], seccomp: undefined });
  if (hostDevices === undefined) return open;
  const allowed = withResources(open, { devices: [{ allow: true, access: 'rwm' }] });
  return withLinux(allowed, { devices: [...(allowed.linux.devices ?? []), ...hostDevices] });
}

function makeWritable(mount: Mount): Mount {
  if (mount.type !== 'sysfs' && mount.type !== 'cgroup') return mount;
  return { ...mount, options: (mount.options ?? []).map((option) => (option === 'ro' ? 'rw' : option)) };
}
