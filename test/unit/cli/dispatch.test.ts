import { describe, expect, test } from '@jest/globals';
import type { CatalogNode } from '../../../src/cli/catalog.js';
import { TctrCommand } from '../../../src/cli/command.js';
import { completions, dispatch, type Request } from '../../../src/cli/dispatch.js';
import { UnknownCommandError } from '../../../src/cli/errors.js';
import { bool, string } from '../../../src/cli/flags.js';
import { failure } from '../../support/registry/test-remote.js';

class Run extends TctrCommand {
  static override interspersed = false;
  static override flags = { rm: bool({ summary: '' }), label: string({ summary: '', environment: 'LABEL' }) };
  run = () => Promise.resolve();
}
class DockerRun extends TctrCommand {
  static override grammar = 'docker' as const;
  static override interspersed = false;
  static override flags = { rm: bool({ summary: '' }), name: string({ summary: '' }) };
  run = () => Promise.resolve();
}
class ImageList extends TctrCommand {
  static override flags = { quiet: bool({ summary: '', aliases: ['q'] }) };
  run = () => Promise.resolve();
}
class DockerImages extends ImageList {
  static override grammar = 'docker' as const;
}
class Ps extends DockerRun {}

const node = (name: string, more: Partial<CatalogNode>): CatalogNode => ({
  name,
  aliases: [],
  summary: '',
  ...more,
});
const root = node('', {
  children: [
    node('run', { load: () => Promise.resolve(Run) }),
    node('ps', { grammar: 'docker', load: () => Promise.resolve(Ps) }),
    node('secret', { hidden: true, load: () => Promise.resolve(Run) }),
    node('image', {
      aliases: ['images', 'i'],
      children: [node('list', { aliases: ['ls'], load: () => Promise.resolve(ImageList) })],
    }),
    node('docker', {
      children: [
        node('run', { grammar: 'docker', load: () => Promise.resolve(DockerRun) }),
        node('images', { grammar: 'docker', load: () => Promise.resolve(DockerImages) }),
      ],
    }),
  ],
});
const ask = (line: string, env: Record<string, string> = {}): Promise<Request> =>
  dispatch(root, line === '' ? [] : line.split(' '), env);
const command = (request: Request): unknown => ('command' in request ? request.command : undefined);

describe('words lead to', () => {
  test.each([
    ['image list', ImageList, 'image list'],
    ['i ls', ImageList, 'image list'],
    ['images', DockerImages, 'docker images'],
    ['images -q', DockerImages, 'docker images'],
    ['images ls -q', ImageList, 'image list'],
    ['docker images', DockerImages, 'docker images'],
    ['docker ps', Ps, 'ps'],
    ['docker run x', DockerRun, 'docker run'],
    ['run x y', Run, 'run'],
    ['run --name a x', DockerRun, 'docker run'],
    ['run --rm --name=a x', DockerRun, 'docker run'],
  ])('%s', async (line, expected, path) => {
    const request = await ask(line);
    expect(request.kind).toBe('run');
    expect(command(request)).toBe(expected);
    expect(request.found.path.join(' ')).toBe(path);
  });

  test('help: asked for, or for want of a word', async () => {
    for (const line of [
      '',
      'image',
      'image help',
      'image -h',
      'image --help',
      'images --help',
      'help image',
      'h',
    ]) {
      expect([line, (await ask(line)).kind]).toEqual([line, 'help']);
    }
    expect(command(await ask('help image ls'))).toBe(ImageList);
    expect(command(await ask('image ls help'))).toBe(ImageList);
    expect(command(await ask('run -h'))).toBe(Run);
  });
});

describe('flags', () => {
  test('stop where the rest belongs to a process', async () => {
    const request = await ask('run --rm x y --label z');
    expect(request).toMatchObject({
      line: { values: new Map([['rm', ['true']]]), positionals: ['x', 'y', '--label', 'z'] },
    });
  });

  test('count behind words elsewhere', async () => {
    const request = await ask('image ls a -q');
    expect(request).toMatchObject({ line: { values: new Map([['quiet', ['true']]]), positionals: ['a'] } });
  });

  test('come from the environment where they are absent', async () => {
    expect(await ask('run x y', { LABEL: 'e' })).toMatchObject({
      line: { values: new Map([['label', ['e']]]) },
    });
    expect(await ask('run --label l x y', { LABEL: 'e' })).toMatchObject({
      line: { values: new Map([['label', ['l']]]) },
    });
  });
});

describe('misuse', () => {
  test.each<[string, string, string | undefined]>([
    ['run --nope x', 'flag provided but not defined: -nope', undefined],
    [
      'run --name',
      'flag provided but not defined: -name',
      'read as docker run: flag needs an argument: --name',
    ],
    ['run --label', 'flag needs an argument: -label', undefined],
    ['docker run --nope x', 'unknown flag: --nope', undefined],
    ['image --nope', 'flag provided but not defined: -nope', undefined],
    ['image ls --nope', 'flag provided but not defined: -nope', undefined],
  ])('%s', async (line, message, hint) => {
    const request = await ask(line);
    expect(request.kind).toBe('misuse');
    expect(request).toMatchObject({ error: { message, hint } });
  });

  test.each<[string, string, string | undefined]>([
    ['imgae', 'imgae', undefined],
    ['imag', 'imag', 'image'],
    ['imagee', 'imagee', 'image'],
    ['image lst', 'lst', 'list'],
    ['image zzz', 'zzz', undefined],
    ['secre', 'secre', undefined],
    ['help imag', 'imag', 'image'],
    ['image ls help x', 'x', undefined],
  ])('%s is an unknown word', async (line, word, suggestion) => {
    const error = await failure(ask(line));
    expect(error).toBeInstanceOf(UnknownCommandError);
    expect(error).toMatchObject({ word, suggestion });
  });

  test('a word of any length is refused at once', async () => {
    expect(await failure(ask('a'.repeat(1_000_000)))).toMatchObject({ suggestion: undefined });
  });
});

test('completion offers names and aliases, and nothing that is hidden', () => {
  expect(completions(root, [])).toEqual(['run', 'ps', 'image', 'images', 'i', 'docker', 'help', 'h']);
  expect(completions(root, ['image'])).toEqual(['list', 'ls', 'help', 'h']);
  expect(completions(root, ['run'])).toEqual(['help', 'h']);
});
