import { describe, expect, test } from '@jest/globals';
import { catalog } from '../../src/commands/catalog.js';
import { find, type CatalogNode } from '../../src/cli/catalog.js';
import { insteadOf } from '../../src/cli/docker/absent-words.js';
import { fakeEachTest } from '../support/fake/each-test.js';

const bench = fakeEachTest();

/** The words of every command. */
function commands(node: CatalogNode, path: readonly string[] = []): string[][] {
  const children = node.children ?? [];
  return [
    ...(node.load ? [[...path]] : []),
    ...children.flatMap((child) => commands(child, [...path, child.name])),
  ];
}

describe.each(commands(catalog).map((words) => [words.join(' '), words] as const))('%s', (line, words) => {
  test('has help with its usage, and asks the daemon nothing for it', async () => {
    const { status, stdout, stderr } = await bench.tctr([...words, '--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`Usage:\n  tctr ${line} [flags]`);
    expect(bench.fake.calls.all).toEqual([]);
  });

  test('refuses a flag that nobody knows', async () => {
    const { status, stderr } = await bench.tctr([...words, '--no-such-flag']);
    expect(status).toBe(line === 'docker run' ? 125 : 1);
    expect(stderr).toMatch(/no-such-flag/);
    expect(bench.fake.calls.all).toEqual([]);
  });
});

/** What `docker --help` lists, without the words of a swarm and of docker's own contexts. */
const dockerWords =
  'attach build builder buildx commit compose container cp create diff events exec export history image images import info ' +
  'inspect kill load login logout logs manifest network pause plugin port ps pull push rename restart rm rmi run save ' +
  'search start stats stop system tag top unpause update version volume wait';

describe('words that lead nowhere', () => {
  test.each([
    [['imagse'], "No help topic for 'imagse' (did you mean 'image'?)\n"],
    [['image', 'lst'], "No help topic for 'lst' (did you mean 'list'?)\n"],
    [['xyzzy'], "No help topic for 'xyzzy'\n"],
    [['restart', 'web'], "No help topic for 'restart' (tctr stop CONTAINER, then tctr start CONTAINER)\n"],
    [['docker', 'search', 'x'], "No help topic for 'search' (a registry is searched on its web page)\n"],
    [['help', 'search'], "No help topic for 'search' (a registry is searched on its web page)\n"],
    [['docker', 'version'], "No help topic for 'version' (a word of ctr's: tctr version)\n"],
    [['image', 'search'], "No help topic for 'search'\n"],
  ])('%j', async (argv, stderr) => {
    expect(await bench.tctr(argv)).toEqual({ status: 3, stdout: '', stderr });
  });

  test.each(dockerWords.split(' '))(
    "docker's %s is a word here, or told what does its work",
    async (word) => {
      const isHere = ['docker', ''].some((topic) => {
        const { rest } = find(catalog, [topic, word].filter(Boolean));
        return rest.length === 0;
      });
      if (isHere) return expect(insteadOf(word)).toBeUndefined();
      const { status, stdout, stderr } = await bench.tctr([word], { program: 'ctr' });
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^No help topic for '${word}' \\([^\n{]+\\)\\n$`));
      expect(bench.fake.calls.all).toEqual([]);
    },
  );
});

describe('the daemon', () => {
  test('that is not there is told with a next step', async () => {
    const { status, stderr } = await bench.tctr(['ns', 'ls'], { socket: '/nonexistent.sock' });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^tctr: cannot access socket \/nonexistent\.sock: .*no such file or directory .*\n$/,
    );
  });

  test('that warns of what it will not support is heard', async () => {
    bench.fake.deprecations.push({ id: 'x', message: 'old thing', lastOccurrence: undefined });
    expect((await bench.tctr(['ns', 'ls', '-q'])).stderr).toMatch(
      /level=warning msg="DEPRECATION: old thing"\n$/,
    );
  });

  test('that loses the connection is told in one line', async () => {
    bench.fake.fault({ method: 'Images.List' }, { kind: 'cut' });
    const { status, stdout, stderr } = await bench.tctr(['image', 'ls', '-q']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^tctr: .*connection to containerd lost.*\n$/m);
  });

  test('that is called ctr, as a link to tctr may be', async () => {
    expect((await bench.tctr(['image', 'label'], { program: 'ctr' })).stderr).toBe(
      'ctr: please specify an image\n',
    );
  });
});
