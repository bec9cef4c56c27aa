import type { Argv, CompatCase } from '../../support/compat/case.js';
import { pulled } from './setup.js';

const into = ['install', '--path', '{tmp}'];
const installed: readonly Argv[] = [...pulled, [...into, '{ref}']];

/** What install does, on every daemon; what it has written is looked at by the test itself. */
export const installCases: readonly CompatCase[] = [
  { name: 'into a folder', setup: pulled, argv: [...into, '{ref}'] },
  { name: 'with libraries', setup: pulled, argv: ['install', '--libs', '--path', '{tmp}', '{ref}'] },
  { name: 'with libraries by alias', setup: pulled, argv: ['install', '-l', '--path', '{tmp}', '{ref}'] },
  { name: 'over what is there', setup: installed, argv: [...into, '{ref}'] },
  { name: 'over what is there, wanted', setup: installed, argv: [...into, '--replace', '{ref}'] },
  { name: 'over what is there by alias', setup: installed, argv: [...into, '-r', '{ref}'] },
  {
    name: 'into a folder that is not there',
    setup: pulled,
    argv: ['install', '--path', '{tmp}/x/y', '{ref}'],
  },
  { name: 'what is not there', argv: [...into, 'nope'] },
  { name: 'nothing', argv: ['install'] },
];
