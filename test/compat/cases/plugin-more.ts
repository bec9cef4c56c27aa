import type { CompatCase } from '../../support/compat/case.js';

const v2 = { versions: ['2.1'], state: [] } satisfies Partial<CompatCase>;
const inspect = (name: string, ...flags: readonly string[]): CompatCase => ({
  name: `inspect ${name}`,
  argv: ['plugin', 'inspect-runtime', ...flags],
  ...v2,
});

/** `ctr plugins inspect-runtime`, `ctr deprecations`. */
export const pluginMoreCases: readonly CompatCase[] = [
  inspect('runc'),
  inspect('with words', 'a', 'b'),
  inspect('runc with another root', '--runc-root', '/x'),
  inspect('a runtime that is none', '--runtime', 'nope'),
  inspect('a program that is not there', '--runtime', '/bin/nope'),
  inspect('a runtime that is not installed', '--runtime', 'x.y'),
  inspect('a runc that is not there', '--runc-binary', '/nope'),
  inspect('with systemd', '--runc-systemd-cgroup'),
  inspect('another with runc’s flags', '--runtime', 'x.y', '--runc-binary', '/x'),
  inspect('with a configuration', '--runtime-config-path', '/nope'),
  { name: 'deprecations', argv: ['deprecations', 'list'], versions: ['1.7', '2.1'], alsoOwn: true },
  {
    name: 'deprecations as json',
    argv: ['deprecations', 'list', '--format', 'json'],
    versions: ['1.7', '2.1'],
  },
  { name: 'deprecations of 1.6', argv: ['deprecations', 'list'], versions: ['1.6'] },
];
