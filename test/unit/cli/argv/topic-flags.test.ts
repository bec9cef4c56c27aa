import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseTopicFlags } from '../../../../src/cli/argv/topic-flags.js';
import type { TopicFlag } from '../../../../src/cli/argv/flag-spec.js';
import type { CatalogNode } from '../../../../src/cli/catalog.js';
import { dispatch } from '../../../../src/cli/dispatch.js';
import { topicHelp } from '../../../../src/cli/help.js';
import type { CommandClass } from '../../../../src/cli/command.js';

const flags: readonly TopicFlag[] = [
  {
    name: 'shelf',
    names: ['shelf', 's'],
    kind: 'string',
    env: 'SHELF',
    summary: 'where',
    placeholder: 'NAME',
  },
  { name: 'dry', names: ['dry'], kind: 'bool', summary: 'only look' },
];

const command = {
  grammar: 'ctr',
  interspersed: true,
  summary: 'list',
  texts: {},
  aliases: ['ls'],
  flags: {},
} as unknown as CommandClass;
const list: CatalogNode = {
  name: 'list',
  aliases: ['ls'],
  summary: 'list',
  load: () => Promise.resolve(command),
};
const root: CatalogNode = {
  name: '',
  aliases: [],
  summary: '',
  children: [
    { name: 'book', aliases: ['books'], summary: 'books', flags, children: [list] },
    { name: 'plain', aliases: [], summary: 'plain', children: [list] },
  ],
};

const sent = async (line: string, env: Record<string, string> = {}) => {
  const request = await dispatch(root, line.split(' '), env);
  const { found } = request;
  const rest = { kind: request.kind, path: found.path.join(' '), typed: found.typed.join(' ') };
  if (request.kind === 'misuse') return { ...rest, error: request.error.message };
  if (request.kind === 'help') return rest;
  const { topic, positionals } = request.line;
  return { ...rest, positionals, topic: topic && Object.fromEntries(topic) };
};

describe('flags of a topic', () => {
  test.each([
    [['-s', 'a', 'ls', '-s', 'b'], { shelf: ['a'] }, ['ls', '-s', 'b']],
    [['--shelf=a', '--dry', 'ls'], { shelf: ['a'], dry: ['true'] }, ['ls']],
    [['--shelf', 'a', '--shelf', 'b', 'ls'], { shelf: ['b'] }, ['ls']],
    [['--', 'ls', '--dry'], {}, ['ls', '--dry']],
    [['ls', '--', 'x'], {}, ['ls', '--', 'x']],
    [['--shelf', 'ls'], { shelf: ['ls'] }, []],
    [[], {}, []],
  ])('%j', (argv, values, positionals) => {
    const line = parseTopicFlags(argv, flags);
    expect(Object.fromEntries(line.values)).toEqual(values);
    expect(line.positionals).toEqual(positionals);
  });

  test.each([
    [['--nope', 'ls'], 'flag provided but not defined: -nope'],
    [['--shelf'], 'flag needs an argument: -shelf'],
    [['--dry=maybe', 'ls'], 'invalid boolean value "maybe" for -dry: parse error'],
  ])('%j is refused', (argv, message) => {
    expect(() => parseTopicFlags(argv, flags)).toThrow(message);
  });

  test('never touch what follows the command', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(parseTopicFlags(['--dry', 'list', ...words], flags).positionals).toEqual(['list', ...words]);
      }),
    );
  });
});

describe('a line with flags of a topic', () => {
  const run = { kind: 'run', path: 'book list' };

  test.each([
    ['book ls', { ...run, typed: 'book ls', positionals: [], topic: {} }],
    ['books --shelf a ls', { ...run, typed: 'books ls', positionals: [], topic: { shelf: ['a'] } }],
    [
      'books -s=a list x y',
      { ...run, typed: 'books list', positionals: ['x', 'y'], topic: { shelf: ['a'] } },
    ],
    ['plain ls', { kind: 'run', path: 'plain list', typed: 'plain ls', positionals: [], topic: undefined }],
    ['book --shelf a', { kind: 'help', path: 'book', typed: 'book' }],
    ['book --shelf a --help', { kind: 'help', path: 'book', typed: 'book' }],
    ['book --shelf a help ls', { kind: 'help', path: 'book list', typed: 'book ls' }],
    [
      'book --nope ls',
      { kind: 'misuse', path: 'book', typed: 'book', error: 'flag provided but not defined: -nope' },
    ],
    [
      'plain --shelf a ls',
      { kind: 'misuse', path: 'plain', typed: 'plain', error: 'flag provided but not defined: -shelf' },
    ],
    [
      'book ls --shelf a',
      { kind: 'misuse', path: 'book list', typed: 'book ls', error: 'flag provided but not defined: -shelf' },
    ],
  ])('%s', async (line, expected) => {
    expect(await sent(line)).toEqual(expected);
  });

  test.each([
    ['book ls', { shelf: ['env'] }],
    ['book --dry ls', { dry: ['true'], shelf: ['env'] }],
    ['book --shelf line ls', { shelf: ['line'] }],
  ])('%s, and the environment', async (line, topic) => {
    expect(await sent(line, { SHELF: 'env' })).toMatchObject({ topic });
  });

  test('that leads nowhere', async () => {
    await expect(sent('book --shelf a nope')).rejects.toThrow("No help topic for 'nope'");
  });

  test('is in the help of the topic', () => {
    const found = { node: root.children![0]!, path: ['book'], typed: ['book'], rest: [] };
    expect(topicHelp('tctr', found, root)).toContain('tctr book [flags] <command>');
    expect(topicHelp('tctr', found, root)).toMatch(/--shelf, -s NAME +where \[\$SHELF\]/);
  });
});
