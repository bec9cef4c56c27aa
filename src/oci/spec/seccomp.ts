import { commonSyscalls } from './seccomp-syscalls.js';
import type { LinuxSpec, Seccomp, SyscallRule } from './types.js';
import { withLinux } from './update.js';

/** An architecture as Go names it (GOARCH). */
export type GoArch = 'amd64' | 'arm64' | 'ppc64le' | 'riscv64' | 's390x' | 'loong64';

const architectures: Readonly<Record<GoArch, readonly string[]>> = {
  amd64: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
  arm64: ['SCMP_ARCH_ARM', 'SCMP_ARCH_AARCH64'],
  ppc64le: [],
  riscv64: ['SCMP_ARCH_RISCV64'],
  s390x: ['SCMP_ARCH_S390', 'SCMP_ARCH_S390X'],
  loong64: ['SCMP_ARCH_LOONGARCH64'],
};

const archSyscalls: Readonly<Record<GoArch, string>> = {
  amd64: 'arch_prctl modify_ldt',
  arm64: 'arm_fadvise64_64 arm_sync_file_range sync_file_range2 breakpoint cacheflush set_tls',
  ppc64le: 'sync_file_range2 swapcontext',
  riscv64: 'riscv_flush_icache',
  s390x: 's390_pci_mmio_read s390_pci_mmio_write s390_runtime_instr',
  loong64: '',
};

const capabilitySyscalls: ReadonlyMap<string, string> = new Map([
  ['CAP_DAC_READ_SEARCH', 'open_by_handle_at'],
  [
    'CAP_SYS_ADMIN',
    'bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie mount mount_setattr move_mount ' +
      'open_tree perf_event_open quotactl quotactl_fd setdomainname sethostname setns syslog umount umount2 unshare',
  ],
  ['CAP_SYS_BOOT', 'reboot'],
  ['CAP_SYS_CHROOT', 'chroot'],
  ['CAP_SYS_MODULE', 'delete_module init_module finit_module'],
  ['CAP_SYS_PACCT', 'acct'],
  ['CAP_SYS_PTRACE', 'kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace'],
  ['CAP_SYS_RAWIO', 'iopl ioperm'],
  ['CAP_SYS_TIME', 'settimeofday stime clock_settime clock_settime64'],
  ['CAP_SYS_TTY_CONFIG', 'vhangup'],
  ['CAP_SYS_NICE', 'get_mempolicy mbind set_mempolicy set_mempolicy_home_node'],
  ['CAP_SYSLOG', 'syslog'],
  ['CAP_BPF', 'bpf'],
  ['CAP_PERFMON', 'perf_event_open'],
]);

/** AF_VSOCK, which has no network namespace. */
const vsock = 40n;

/** The personalities that clear nothing a container relies on: Linux, Linux32, UNAME26, both, and the query. */
const personalities = [0x0n, 0x8n, 0x2_0000n, 0x2_0008n, 0xffff_ffffn];

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
const newNamespaces = 0x7e02_0000n;

/** ENOSYS makes libc fall back from clone3 to clone, whose flags a filter can see. */
const enosys = 38n;

/**
 * containerd 2.1's default profile (contrib/seccomp, DefaultProfile) on Linux 4.8 or later.
 * @param bounding the container's bounding capabilities: each one allows its syscalls, in this order
 */
export function defaultSeccomp(bounding: readonly string[], arch: GoArch): Seccomp {
  const admin = bounding.includes('CAP_SYS_ADMIN');
  const forCapabilities = bounding.map((name) => capabilitySyscalls.get(name) ?? '');
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    architectures: architectures[arch],
    syscalls: [
      allow(commonSyscalls.trim()),
      allowIf('socket', vsock, 'SCMP_CMP_NE'),
      ...personalities.map((value) => allowIf('personality', value, 'SCMP_CMP_EQ')),
      ...['process_vm_readv process_vm_writev ptrace', archSyscalls[arch], ...forCapabilities]
        .filter((names) => names !== '')
        .map(allow),
      ...(admin ? [] : withoutNewNamespaces(arch)),
    ],
  };
}

/** Filters the container's syscalls, with a profile of the user's or the default one. */
export function withSeccomp(spec: LinuxSpec, profile: Seccomp): LinuxSpec {
  return withLinux(spec, { seccomp: profile });
}

function withoutNewNamespaces(arch: GoArch): readonly SyscallRule[] {
  // clone's arguments are swapped on s390x.
  const index = arch === 's390x' ? 1n : 0n;
  return [
    allowIf('clone', newNamespaces, 'SCMP_CMP_MASKED_EQ', index),
    { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: enosys },
  ];
}

function allow(names: string): SyscallRule {
  return { names: names.split(/\s/), action: 'SCMP_ACT_ALLOW' };
}

function allowIf(name: string, value: bigint, op: string, index = 0n): SyscallRule {
  return { names: [name], action: 'SCMP_ACT_ALLOW', args: [{ index, value, op }] };
}
