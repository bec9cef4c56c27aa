import type { Argv, CompatCase } from '../../support/compat/case.js';

const served = { versions: ['1.7', '2.1'] } satisfies Partial<CompatCase>;
const files = { 'ok.json': '{"ociVersion":"1.2.0","hostname":"h"}', 'bad.json': 'v' };
const on = (name: string, argv: Argv, more: Partial<CompatCase> = {}): CompatCase => ({
  name,
  argv,
  files,
  ...served,
  ...more,
});
const ls: Argv = ['sandboxes', 'ls'];

/** `ctr sandboxes`. */
export const sandboxCases: readonly CompatCase[] = [
  on('list nothing', ls),
  on('list by alias', ['s', 'list']),
  on('list and words that do not matter', ['sb', 'ls', 'a', 'b']),
  on('list by filters', ['sandbox', 'ls', '--filters', 'id==a', '--filters', 'id==b']),
  on('list by a bad filter', ['sandbox', 'ls', '--filters', '|']),
  on('run nothing', ['sandboxes', 'run'], { stdout: 'presence' }),
  on('run without an id', ['sandboxes', 'create', 'a'], { stdout: 'presence' }),
  on('run too much', ['sandboxes', 'c', 'a', 'b', 'c'], { stdout: 'presence' }),
  on('run a file that is not there', ['sandboxes', 'r', '/nope', 'x']),
  on('run a bad id', ['sandboxes', 'run', '{tmp}/ok.json', 'a b']),
  on('run an empty id', ['sandboxes', 'run', '{tmp}/ok.json', '']),
  on('run one that does not start', ['sandboxes', 'run', '{tmp}/ok.json', '{id}'], {
    probes: [ls],
    differs: ['failed-sandbox-goes'],
  }),
  on(
    'run one of an unknown runtime',
    ['sandboxes', 'run', '--runtime', 'io.containerd.nope.v2', '{tmp}/ok.json', '{id}'],
    { probes: [['sandboxes', 'ls', '--filters', 'id==other']] },
  ),
  on('remove nothing', ['sandboxes', 'rm']),
  on('remove nothing by force', ['sandboxes', 'remove', '--force']),
  on('remove what is not there', ['sandboxes', 'rm', 'nope'], { differs: ['sandbox-removal-fails'] }),
  on('remove by force what is not there', ['sandboxes', 'remove', '-f', 'nope'], {
    differs: ['sandbox-removal-fails'],
  }),
];
