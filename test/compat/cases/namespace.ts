import type { CompatCase } from '../../support/compat/case.js';
import { pulled } from './setup.js';

const made = ['namespace', 'create', '{ns}-a', 'colour=red', 'shape=round'];

/** `ctr namespace`. */
export const namespaceCases: readonly CompatCase[] = [
  { name: 'create', argv: ['namespace', 'create', '{ns}-a'] },
  { name: 'create with labels', argv: ['namespaces', 'create', '{ns}-a', 'colour=red', 'shape=round'] },
  { name: 'create by alias', argv: ['ns', 'c', '{ns}-a', 'key'] },
  { name: 'create with an empty label', argv: ['namespace', 'create', '{ns}-a', 'key='] },
  { name: 'create with a label of two signs', argv: ['namespace', 'create', '{ns}-a', 'key=a=b'] },
  { name: 'create with labels of one key', argv: ['namespace', 'create', '{ns}-a', 'key=a', 'key=b'] },
  { name: 'create twice', setup: [made], argv: ['namespace', 'create', '{ns}-a'] },
  { name: 'create without a name', argv: ['namespace', 'create'] },
  { name: 'create with an empty name', argv: ['namespace', 'create', ''] },
  { name: 'create with a bad name', argv: ['namespace', 'create', 'bad_NS!'] },
  { name: 'create with a long name', argv: ['namespace', 'create', 'a'.repeat(77)] },
  {
    name: 'create with a bad label',
    argv: ['namespace', 'create', '{ns}-a', `${'k'.repeat(4000)}=${'v'.repeat(200)}`],
  },
  { name: 'list', setup: [made], argv: ['namespace', 'list'], normalise: ['mine', 'blanks'] },
  { name: 'list by alias', setup: [made], argv: ['namespaces', 'ls'], normalise: ['mine', 'blanks'] },
  { name: 'list names', setup: [made], argv: ['namespace', 'list', '-q'], normalise: ['mine'] },
  { name: 'label', setup: [made], argv: ['namespace', 'label', '{ns}-a', 'colour=blue', 'size=big'] },
  { name: 'label by removing', setup: [made], argv: ['namespace', 'label', '{ns}-a', 'colour='] },
  { name: 'label without labels', setup: [made], argv: ['namespace', 'label', '{ns}-a'] },
  { name: 'label one that is not there', argv: ['namespace', 'label', '{ns}-b', 'a=b'] },
  { name: 'label without a name', argv: ['namespace', 'label'] },
  { name: 'remove', setup: [made], argv: ['namespace', 'remove', '{ns}-a'] },
  {
    name: 'remove two',
    setup: [made, ['namespace', 'create', '{ns}-b']],
    argv: ['namespace', 'rm', '{ns}-a', '{ns}-b'],
  },
  { name: 'remove one that is not there', argv: ['namespace', 'remove', '{ns}-b'] },
  { name: 'remove nothing', argv: ['namespace', 'remove'] },
  { name: 'remove one that is not empty', setup: pulled, argv: ['namespace', 'remove', '{ns}'] },
  {
    name: 'remove some that are empty',
    setup: [...pulled, made],
    argv: ['namespace', 'remove', '{ns}', '{ns}-a'],
  },
  { name: 'remove with its cgroup', setup: [made], argv: ['namespace', 'remove', '--cgroup', '{ns}-a'] },
];
