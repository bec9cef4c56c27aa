import { readFileSync } from 'node:fs';
import { KindError } from '../oci/errors.js';

/** The kernel's capabilities, each at its bit (include/uapi/linux/capability.h). */
const names =
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE ' +
  'NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN ' +
  'SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE ' +
  'MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE';

/**
 * The effective capabilities of this process, in the kernel's order.
 * @throws KindError 'internal' if the kernel does not tell
 */
export function ownCapabilities(): readonly string[] {
  return effectiveCapabilities(readFileSync('/proc/self/status', 'utf8'));
}

/** Reads `CapEff` of a /proc/PID/status. @throws KindError 'internal' if it is not there */
export function effectiveCapabilities(status: string): readonly string[] {
  const mask = /^CapEff:\s*([\da-f]+)$/m.exec(status)?.[1];
  if (mask === undefined) throw new KindError('internal', 'no CapEff in /proc/self/status');
  const bits = BigInt(`0x${mask}`);
  return names
    .split(' ')
    .filter((_, bit) => ((bits >> BigInt(bit)) & 1n) === 1n)
    .map((name) => `CAP_${name}`);
}
