import { describe, expect, test } from '@jest/globals';
import { defaultSeccomp, type GoArch } from '../../../../src/oci/spec/seccomp.js';

const names = (bounding: readonly string[], arch: GoArch = 'amd64'): readonly string[] =>
  (defaultSeccomp(bounding, arch).syscalls ?? []).slice(7).map((rule) => rule.names.join(' '));

describe('the default profile', () => {
  test('begins with what every container may call', () => {
    const { defaultAction, architectures, syscalls = [] } = defaultSeccomp([], 'amd64');
    expect(defaultAction).toBe('SCMP_ACT_ERRNO');
    expect(architectures).toEqual(['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32']);
    expect(syscalls[0]?.names).toHaveLength(352);
    expect(syscalls[0]?.names).not.toContain('io_uring_setup');
    expect(syscalls[1]).toEqual({
      names: ['socket'],
      action: 'SCMP_ACT_ALLOW',
      args: [{ index: 0n, value: 40n, op: 'SCMP_CMP_NE' }],
    });
    expect(syscalls.slice(2, 7).map((rule) => rule.args?.[0]?.value)).toEqual([
      0n,
      8n,
      131072n,
      131080n,
      4294967295n,
    ]);
  });

  test('ends with what keeps a container from new namespaces, unless it may administrate', () => {
    const ptrace = 'process_vm_readv process_vm_writev ptrace';
    expect(names([])).toEqual([ptrace, 'arch_prctl modify_ldt', 'clone', 'clone3']);
    expect(defaultSeccomp([], 'amd64').syscalls?.slice(-2)).toEqual([
      {
        names: ['clone'],
        action: 'SCMP_ACT_ALLOW',
        args: [{ index: 0n, value: 2114060288n, op: 'SCMP_CMP_MASKED_EQ' }],
      },
      { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38n },
    ]);
    expect(names(['CAP_SYS_ADMIN']).at(-1)).toMatch(/^bpf clone clone3 .* unshare$/);
  });

  test("the capabilities' rules come in the capabilities' order", () => {
    const rules = names(['CAP_SYSLOG', 'CAP_KILL', 'CAP_SYS_RAWIO', 'CAP_SYS_BOOT']);
    expect(rules.slice(2, 5)).toEqual(['syslog', 'iopl ioperm', 'reboot']);
  });

  test('other architectures', () => {
    expect(names([], 'arm64')[1]).toMatch(/^arm_fadvise64_64 .* set_tls$/);
    expect(names([], 'loong64')).toHaveLength(3);
    expect(defaultSeccomp([], 's390x').syscalls?.at(-2)?.args?.[0]?.index).toBe(1n);
  });
});
