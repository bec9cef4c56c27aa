import type { CompatCase } from '../../support/compat/case.js';

const one = { anyDaemon: true, state: [] } satisfies Partial<CompatCase>;
const platforms = [
  'linux',
  'linux/arm64',
  'windows/amd64',
  'windows(10.0.1)/amd64',
  'darwin/arm64',
  'freebsd',
  '',
];
const wrong = ['nope', 'x/y/z/w', '///', 'linux/a b', 'linux/*'];

/** `ctr oci`: no daemon is asked. */
export const ociCases: readonly CompatCase[] = [
  { name: 'spec', argv: ['oci', 'spec'], ...one },
  { name: 'spec with words', argv: ['oci', 'spec', 'a', 'b'], ...one },
  ...platforms.map((name): CompatCase => ({
    name: `spec of "${name}"`,
    argv: ['oci', 'spec', '--platform', name],
    ...one,
  })),
  ...wrong.map((name): CompatCase => ({
    name: `spec of no platform, ${name}`,
    argv: ['oci', 'spec', '--platform', name],
    ...one,
  })),
  { name: 'spec of a bad namespace', bare: true, argv: ['-n', 'a b', 'oci', 'spec'], ...one },
  { name: 'spec of no namespace', bare: true, argv: ['-n', '', 'oci', 'spec'], ...one },
  { name: 'spec with no daemon', bare: true, argv: ['-a', '/nope', '-n', 'x', 'oci', 'spec'], ...one },
];
