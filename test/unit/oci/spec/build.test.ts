import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildSpec, type SpecInput } from '../../../../src/oci/spec/build.js';
import { decodeSpec } from '../../../../src/oci/spec/decode.js';
import { encodeSpec } from '../../../../src/oci/spec/encode.js';
import { formatJson } from '../../../../src/output/json.js';

const busybox = {
  env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  entrypoint: [],
  cmd: ['sh'],
  workingDir: '',
  user: '',
};

const nginx = {
  env: [...busybox.env, 'NGINX_VERSION=1.27.0', 'PKG_RELEASE=2'],
  entrypoint: ['/docker-entrypoint.sh'],
  cmd: ['nginx', '-g', 'daemon off;'],
  workingDir: '/usr/share/nginx/html',
  user: '',
};

const input: SpecInput = {
  namespace: 'golden',
  id: 'web',
  from: { image: busybox },
  user: { uid: 0, gid: 0, additionalGids: [0, 10] },
};

/** Written by the real ctr 2.1.9: `containers create` or `run` with these flags, then `containers info --spec`. */
function golden(name: string): string {
  return readFileSync(new URL(`../../../golden/spec/${name}.json`, import.meta.url), 'utf8');
}

describe('buildSpec writes what ctr 2.1 writes', () => {
  test.each<[name: string, changes: Partial<SpecInput>]>([
    ['default', {}],
    ['env', { from: { image: nginx }, env: ['A=1', 'A=2', 'PATH', 'NGINX_VERSION=x', 'B', '=x', ''] }],
    [
      'mounts',
      {
        mounts: [
          { type: 'bind', source: '/tmp', destination: '/run', options: ['rbind', 'rw'] },
          { type: 'tmpfs', destination: '/x/' },
          { destination: '/sys/' },
        ],
      },
    ],
    [
      'seccomp',
      {
        seccomp: { arch: 'amd64' },
        capAdd: ['CAP_SYS_ADMIN', 'CAP_BPF', 'CAP_SYS_NICE'],
        capDrop: ['CAP_SYS_CHROOT'],
      },
    ],
    [
      'user',
      {
        from: { image: { ...busybox, cmd: ['id'], workingDir: '/home/alice' } },
        user: { uid: 1000, gid: 1000, additionalGids: [1000, 10] },
      },
    ],
    [
      'user-namespace',
      {
        cpu: { shares: 1024n },
        userNamespace: {
          uidMappings: [{ containerID: 0, hostID: 100_000, size: 1000 }],
          gidMappings: [{ containerID: 0, hostID: 0x1000, size: 8 }],
        },
      },
    ],
    ['limits', { cpu: { shares: 1024n, cpus: 1.7, cpusetCpus: '0', cpusetMems: '0' } }],
    [
      'labels',
      {
        labels: new Map([
          ['é', '1'],
          ['😀', '2'],
          ['ﬁ', '3'],
          ['__proto__', '1'],
          ['10', 'a'],
          ['9', 'b'],
        ]),
      },
    ],
  ])('%s', (name, changes) => {
    const stored = encodeSpec(buildSpec({ ...input, ...changes }));
    expect(`${formatJson(decodeSpec(Buffer.from(stored)), { indent: 4 })}\n`).toBe(golden(name));
    expect(stored).toBe(encodeSpec(decodeSpec(Buffer.from(golden(name)))));
  });
});

describe('the order in which options are applied', () => {
  test('the command replaces the entrypoint, --cwd the image directory', () => {
    const { process } = buildSpec({ ...input, from: { image: nginx }, args: ['sleep', '1'], cwd: '/a/../b' });
    expect(process.args).toEqual(['sleep', '1']);
    expect(process.cwd).toBe('/a/../b');
  });

  test('--rootfs has a root but no image: no environment, no groups, no mappings', () => {
    const { process, root, linux } = buildSpec({
      namespace: 'n',
      id: 'i',
      from: { rootfs: '/srv/root' },
      userNamespace: { uidMappings: [], gidMappings: [] },
    });
    expect(root.path).toBe('/srv/root');
    expect(process.env).toEqual([]);
    expect(process.user).toEqual({ uid: 0, gid: 0 });
    expect(linux.namespaces?.map(({ type }) => type)).toEqual(['pid', 'ipc', 'uts', 'mount', 'network']);
  });

  test('--env-file before --env before the image, --tty appends TERM in any case', () => {
    const { process } = buildSpec({ ...input, envFile: ['A=1', 'B=1'], env: ['A=2', 'TERM=vt'], tty: true });
    expect(process.env?.slice(1)).toEqual(['A=2', 'B=1', 'TERM=vt', 'TERM=xterm']);
    expect(process.terminal).toBe(true);
  });

  test('labels win over annotations', () => {
    const { annotations } = buildSpec({
      ...input,
      annotations: new Map([['z', '1']]),
      labels: new Map([['z', '2']]),
    });
    expect(annotations).toEqual(new Map([['z', '2']]));
  });

  test('capabilities are dropped after they are added, and the seccomp profile knows both', () => {
    const { process, linux } = buildSpec({
      ...input,
      capAdd: ['CAP_SYS_ADMIN', 'CAP_SYS_BOOT'],
      capDrop: ['CAP_SYS_ADMIN'],
      seccomp: { arch: 'amd64' },
    });
    expect(process.capabilities.bounding?.at(-1)).toBe('CAP_SYS_BOOT');
    const names = linux.seccomp?.syscalls?.slice(1).flatMap((rule) => rule.names);
    expect(names).toContain('reboot');
    expect(names).not.toContain('mount');
  });

  test('what is left', () => {
    const spec = buildSpec({
      ...input,
      readOnly: true,
      apparmorProfile: 'p',
      joinNamespaces: [{ type: 'network', path: '/x' }],
      allowNewPrivileges: true,
      cgroup: '',
      memoryLimit: 5n,
      rootfsPropagation: 'shared',
      blockIO: { weight: 10 },
      rdtClass: 'c',
      hostname: 'h',
      rlimitNofile: { type: 'RLIMIT_NOFILE', soft: 1n, hard: 2n },
    });
    expect(spec.root).toEqual({ path: 'rootfs', readonly: true });
    expect(spec.process).toMatchObject({ apparmorProfile: 'p', noNewPrivileges: false });
    expect(spec.process.rlimits).toEqual([{ type: 'RLIMIT_NOFILE', soft: 1n, hard: 2n }]);
    expect(spec.hostname).toBe('h');
    expect(spec.linux).toMatchObject({
      cgroupsPath: '',
      rootfsPropagation: 'shared',
      intelRdt: { closID: 'c' },
      resources: { memory: { limit: 5n }, blockIO: { weight: 10 } },
    });
    expect(spec.linux.namespaces?.at(-1)).toEqual({ type: 'network', path: '/x' });
  });
});
