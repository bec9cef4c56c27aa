import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KindError } from '../oci/errors.js';
import { findProgram } from './find-program.js';

/** Where AppArmor's files are. */
export interface AppArmorPlaces {
  /** The kernel's list of loaded profiles. */
  readonly loaded: string;
  /** The folder of the distribution's abstractions and tunables. */
  readonly etc: string;
}

const places: AppArmorPlaces = {
  loaded: '/sys/kernel/security/apparmor/profiles',
  etc: '/etc/apparmor.d',
};

/** A profile's name stands in its text: nothing may follow it there. */
const nameShape = /^[\w.+@%~-][\w.+@%~:/-]*$/;

/** Milliseconds for apparmor_parser. */
const patience = 20_000;

/**
 * Loads the default profile under a name (apparmor_parser), unless the kernel has one of that name.
 * @throws KindError 'invalid argument' for the name, 'failed precondition' without AppArmor or where it refuses
 */
export function loadDefaultProfile(name: string, { loaded, etc } = places): void {
  if (!nameShape.test(name)) {
    throw new KindError('invalid argument', `invalid AppArmor profile name ${JSON.stringify(name)}`);
  }
  if (isLoaded(name, loaded)) return;
  const parser = findProgram('apparmor_parser');
  const folder = mkdtempSync(join(process.env['XDG_RUNTIME_DIR'] || tmpdir(), 'tctr-apparmor-'));
  try {
    const file = join(folder, 'profile');
    writeFileSync(file, defaultProfile(name, etc), { mode: 0o600 });
    const { status, stderr, error } = spawnSync(parser, ['-Kr', file], {
      encoding: 'utf8',
      timeout: patience,
    });
    if (status === 0) return;
    const reason = error?.message ?? (stderr.trim() || `exit status ${status}`);
    throw new KindError(
      'failed precondition',
      `load apparmor profile ${JSON.stringify(name)}: parser error(${JSON.stringify(reason)})`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isLoaded(name: string, list: string): boolean {
  try {
    return readFileSync(list, 'utf8')
      .split('\n')
      .some((line) => line.startsWith(`${name} (`));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      { ENOENT: 'no such file or directory', EACCES: 'permission denied' }[code ?? ''] ?? message;
    throw new KindError('failed precondition', `open ${list}: ${reason}`, {
      cause: error,
      hint: code === 'ENOENT' ? 'this kernel runs without AppArmor: leave the flag out' : 'try it as root',
    });
  }
}

/** What a container may not write to below /proc: all but its own processes, and the settings of its namespaces. */
const proc = [
  '@{PROC}/* w',
  '@{PROC}/{[^1-9],[^1-9][^0-9],[^1-9s][^0-9y][^0-9s],[^1-9][^0-9][^0-9][^0-9]*}/** w',
  '@{PROC}/sys/[^k]** w',
  '@{PROC}/sys/kernel/{?,??,[^s][^h][^m]**} w',
  '@{PROC}/sysrq-trigger rwklx',
  '@{PROC}/mem rwklx',
  '@{PROC}/kmem rwklx',
  '@{PROC}/kcore rwklx',
];

/** And below /sys: all but its cgroup. */
const sys = [
  '/sys/[^f]*/** wklx',
  '/sys/f[^s]*/** wklx',
  '/sys/fs/[^c]*/** wklx',
  '/sys/fs/c[^g]*/** wklx',
  '/sys/fs/cg[^r]*/** wklx',
  '/sys/firmware/** rwklx',
  '/sys/devices/virtual/powercap/** rwklx',
  '/sys/kernel/security/** rwklx',
];

/** The profile that ctr 2.1 loads, with the abstractions that are there. */
export function defaultProfile(name: string, etc: string): string {
  const has = (path: string): boolean => existsSync(join(etc, path));
  const senders = ['unconfined', 'runc', 'crun', name];
  const rules = [
    ...(has('abstractions/base') ? ['#include <abstractions/base>'] : []),
    'network,',
    'capability,',
    'file,',
    'umount,',
    ...senders.map((peer) => `signal (receive) peer=${peer},`),
    `signal (send) peer=${name},`,
    ...[...proc, 'mount', ...sys].map((rule) => `deny ${rule},`),
    `ptrace (trace,tracedby,read,readby) peer=${name},`,
  ];
  return [
    ...(has('abi/3.0') ? ['abi <abi/3.0>,'] : []),
    has('tunables/global') ? '#include <tunables/global>' : '@{PROC}=/proc/',
    `profile ${name} flags=(attach_disconnected,mediate_deleted) {`,
    ...rules.map((rule) => `  ${rule}`),
    '}',
    '',
  ].join('\n');
}
