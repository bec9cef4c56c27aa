import type { DeviceRule, LinuxDevice, LinuxSpec } from './types.js';
import { withLinux, withResources } from './update.js';

/** Adds device nodes and the permission to use them (`--device`). */
export function withDevices(spec: LinuxSpec, devices: readonly LinuxDevice[]): LinuxSpec {
  const rules = devices.map(({ type, major, minor }): DeviceRule => ({
    allow: true,
    type,
    major,
    minor,
    access: 'rwm',
  }));
  const added = withLinux(spec, { devices: [...(spec.linux.devices ?? []), ...devices] });
  return withResources(added, { devices: [...(added.linux.resources.devices ?? []), ...rules] });
}
