import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const PASSWD = `root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/nonexistent:/bin/false
alice:x:1000:1000:Alice:/home/alice:/bin/sh
`;

const GROUP = `root:x:0:
wheel:x:10:root,alice
nogroup:x:65534:
alice:x:1000:
`;

const DIRECTORIES = [
  'bin/',
  'dev/',
  'etc/',
  'home/',
  'proc/',
  'sys/',
  'usr/',
  'usr/bin/',
  'usr/sbin/',
  'var/',
  'var/log/',
];

export const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * A root file system of a static busybox, with a link for each of its applets.
 * @param {string} busybox its path on this machine
 * @returns {import('./tar.js').Entry[]}
 */
export function busyboxRootfs(busybox) {
  const applets = execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n');
  return [
    ...DIRECTORIES.map((path) => ({ path })),
    { path: 'root/', mode: 0o700 },
    { path: 'tmp/', mode: 0o1777 },
    { path: 'home/alice/', uid: 1000, gid: 1000 },
    { path: 'etc/passwd', data: PASSWD },
    { path: 'etc/group', data: GROUP },
    { path: 'bin/busybox', mode: 0o755, data: readFileSync(busybox) },
    ...applets
      .filter((name) => name !== 'busybox')
      .map((name) => ({ path: `bin/${name}`, symlink: 'busybox' })),
    { path: 'usr/bin/env', symlink: '../../bin/busybox' },
  ];
}
