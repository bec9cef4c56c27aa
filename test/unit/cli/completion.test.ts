import { describe, expect, test } from '@jest/globals';
import { complete, type NameKind } from '../../../src/cli/completion.js';
import type { Globals } from '../../../src/cli/session.js';
import { catalog } from '../../../src/commands/catalog.js';

/** What is offered behind a line, and what the daemon was asked for it. */
async function offered(line: string, env: Readonly<Record<string, string>> = {}) {
  const asked: { what: NameKind; globals: Globals }[] = [];
  const words = await complete({
    catalog,
    words: line === '' ? [] : line.split(' '),
    env,
    names: (what, globals) => {
      asked.push({ what, globals });
      return Promise.resolve([`${what}-1`, `${what}-2`]);
    },
  });
  return { words, asked };
}

describe('commands', () => {
  test('of tctr: ctr’s, docker’s, their aliases and help', async () => {
    const { words, asked } = await offered('');
    expect(words).toEqual(expect.arrayContaining(['container', 'c', 'images', 'ps', 'run', 'help', 'h']));
    expect(asked).toEqual([]);
  });

  test.each(['image', 'i', '-n x image', '--debug image'])('of a topic, behind %s', async (line) => {
    const { words, asked } = await offered(line);
    expect(words).toEqual(expect.arrayContaining(['list', 'ls', 'pull']));
    expect(words).not.toContain('container');
    expect(asked).toEqual([]);
  });

  test('of a topic behind its own flags', async () => {
    const { words } = await offered('snapshot --snapshotter native');
    expect(words).toEqual(expect.arrayContaining(['list', 'commit']));
  });

  test('of a line that is broken already', async () => {
    const { words, asked } = await offered('--nope x image');
    expect(words).toContain('image');
    expect(asked).toEqual([]);
  });
});

describe('names', () => {
  test.each<[string, NameKind]>([
    ['container info', 'container'],
    ['task kill', 'container'],
    ['rm', 'container'],
    ['exec', 'container'],
    ['image tag', 'image'],
    ['image pull', 'image'],
    ['container create', 'image'],
    ['rmi', 'image'],
    ['image delete', 'image'],
    ['save', 'image'],
    ['run', 'image'],
    ['namespace remove', 'namespace'],
    ['lease delete', 'lease'],
    ['sandbox remove', 'sandbox'],
  ])('behind %s: of a %s', async (line, kind) => {
    const { words, asked } = await offered(line);
    expect(asked.map(({ what }) => what)).toEqual([kind]);
    expect(words).toEqual(expect.arrayContaining([`${kind}-1`, `${kind}-2`]));
  });

  test.each(['content fetch', 'namespace create', 'lease create', 'content get', 'version', 'image list'])(
    'none behind %s: there is nothing yet that it could name',
    async (line) => {
      const { words, asked } = await offered(line);
      expect({ words, asked }).toEqual({ words: ['help', 'h'], asked: [] });
    },
  );

  test('are asked for where the line says', async () => {
    const { asked } = await offered('-a /s.sock -n k8s.io container info');
    expect(asked[0]?.globals).toMatchObject({ address: '/s.sock', namespace: 'k8s.io' });
    const fromEnvironment = await offered('container info', { CONTAINERD_NAMESPACE: 'moby' });
    expect(fromEnvironment.asked[0]?.globals).toMatchObject({ namespace: 'moby' });
  });

  test('that are on the line already are not offered again, and help only first', async () => {
    const { words } = await offered('container delete container-1');
    expect(words).toEqual(['container-2']);
  });
});

describe('flags', () => {
  test.each([
    ['--na', ['--namespace']],
    ['image pull --plain', ['--plain-http']],
    ['image pull ref --plain', ['--plain-http']],
    ['docker run --ent', ['--entrypoint']],
    ['snapshot --sn', ['--snapshotter']],
    ['container info --nope', []],
  ])('%s', async (line, words) => {
    expect(await offered(line)).toEqual({ words, asked: [] });
  });

  test('with one dash: the short ones too', async () => {
    const { words } = await offered('image list -');
    expect(words).toEqual(expect.arrayContaining(['-q', '--quiet', '-h', '--help']));
    expect((await offered('image list --')).words).not.toContain('-q');
  });
});
