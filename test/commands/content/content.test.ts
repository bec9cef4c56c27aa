import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parseDigest, type Digest } from '../../../src/oci/digest.js';
import { fakeEachTest } from '../../support/fake/each-test.js';

const bench = fakeEachTest();
const digestOf = (text: string): Digest =>
  parseDigest(`sha256:${createHash('sha256').update(text).digest('hex')}`);

/** Puts a blob into the store, with other bytes than its digest says if told so. */
function put(text: string, labels: Readonly<Record<string, string>> = {}, digest = digestOf(text)): Digest {
  const { state } = bench.fake;
  const now = state.clock();
  state.bytes.set(digest, Buffer.from(text));
  const size = BigInt(text.length);
  const info = { digest, size, labels: new Map(Object.entries(labels)), createdAt: now, updatedAt: now };
  state.write('default').blobs.set(digest, info);
  return digest;
}

/** Leaves an ingest unfinished. */
function leave(ref: string, text: string): void {
  const { state } = bench.fake;
  const now = state.clock();
  const ingest = { ref, data: Buffer.from(text), total: 0n, startedAt: now, updatedAt: now, locked: false };
  state.write('default').ingests.set(ref, ingest);
}
const ingests = () => [...bench.fake.state.write('default').ingests.keys()];

describe('content get', () => {
  test('prints the bytes, and takes one call', async () => {
    const digest = put('a\nb');
    expect(await bench.tctr(['content', 'get', digest])).toEqual({ status: 0, stdout: 'a\nb', stderr: '' });
    expect(bench.fake.calls.names()).toEqual(['Content.Read']);
  });

  test('tells of bytes that are others', async () => {
    const digest = put('damaged', {}, digestOf('whole'));
    const { status, stderr } = await bench.tctr(['content', 'get', digest]);
    expect(status).toBe(1);
    expect(stderr).toBe(
      `tctr: the store has ${digestOf('damaged')} under ${digest} ` +
        '(its disk may be damaged: delete the blob and fetch it again)\n',
    );
  });
});

describe('content ingest', () => {
  test('goes on from what is there, and commits what the whole hashes to', async () => {
    leave('key', 'hel');
    expect(await bench.tctr(['content', 'ingest', 'key'], { stdin: 'hello' })).toMatchObject({ status: 0 });
    expect(bench.fake.state.bytes.get(digestOf('hello'))?.toString()).toBe('hello');
  });

  test.each([
    ['other bytes', 'HEL', 'unexpected commit digest'],
    ['more than there is', 'hello and more', 'it holds 14 bytes already, and the input has only 5'],
  ])('does not go on from %s, which goes', async (_, former, words) => {
    leave('key', former);
    const { status, stderr } = await bench.tctr(['content', 'ingest', 'key'], { stdin: 'hello' });
    expect(status).toBe(1);
    expect(stderr).toContain(words);
    expect(ingests()).toEqual([]);
  });

  test('leaves nothing of what was refused', async () => {
    const line = ['content', 'ingest', '--expected-size', '3', 'key'];
    expect(await bench.tctr(line, { stdin: 'hello' })).toMatchObject({ status: 1 });
    expect(ingests()).toEqual([]);
  });

  test('gives up when the daemon goes, in one line', async () => {
    bench.fake.fault({ method: 'Content.Write' }, { kind: 'cut' });
    const { status, stderr } = await bench.tctr(['content', 'ingest', 'key'], { stdin: 'hello' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^tctr: [^\n]*connection to containerd lost[^\n]*\n$/);
  });
});

describe('content active', () => {
  test.each([
    ['^o', 'ref~="^o"'],
    ['a-b', 'ref~="a-b"'],
    ['(?i)ONE', 'ref~="(?i)ONE"'],
    ['ref==one', 'ref==one'],
    ['"ref"!=one', '"ref"!=one'],
  ])('asks for %s with %s', async (pattern, filter) => {
    await bench.tctr(['content', 'active', pattern]);
    expect(bench.fake.calls.of('Content.ListStatuses')[0]?.request).toEqual({ filters: [filter] });
  });

  test('lists by ref, as JSON too', async () => {
    leave('two', 'xyz');
    leave('one', '');
    expect(await bench.tctr(['content', 'active', '-q'])).toMatchObject({ stdout: 'one\ntwo\n' });
    const { stdout } = await bench.tctr(['content', 'active', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject([{ Ref: 'one' }, { Ref: 'two', Offset: 3 }]);
  });
});

describe('content list', () => {
  test('as a template', async () => {
    const digest = put('abc', { a: '1' });
    expect(await bench.tctr(['content', 'ls', '--format', '{{.Digest}} {{.Size}}'])).toMatchObject({
      stdout: `${digest} 3\n`,
    });
  });
});

describe('content prune references', () => {
  const l = 'containerd.io/gc.ref.content.l.0';
  const rest = { 'containerd.io/gc.ref.content.config': 'x', 'containerd.io/gc.ref.content.0': 'x' };

  test('removes what refers to layers, and lets the collector run', async () => {
    const digest = put('{}', { ...rest, [l]: 'x', 'containerd.io/gc.ref.content.12': 'x' });
    put('none', rest);
    expect(await bench.tctr(['content', 'prune', 'references'])).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    expect(bench.fake.calls.names()).toEqual([
      'Content.List',
      'Content.Update',
      'Leases.Create',
      'Leases.Delete',
      'Leases.Delete',
    ]);
    expect(bench.fake.calls.of('Leases.Delete')[0]?.request).toMatchObject({ sync: true });
    const { labels } = bench.fake.state.write('default').blobs.get(digest)!;
    expect(Object.fromEntries(labels)).toEqual(rest);
  });

  test('does nothing with --dry, and says so', async () => {
    const digest = put('{}', { [l]: 'x' });
    const { stdout, stderr } = await bench.tctr(['content', 'prune', 'references', '--dry']);
    expect(stdout).toBe('');
    expect(stderr).toContain('level=debug msg="dry run, no changes will be applied"');
    expect(stderr).toContain(`level=debug msg="Removing label" digest="${digest}" label=${l}`);
    expect(bench.fake.calls.names()).toEqual(['Content.List']);
  });
});

describe('content edit', () => {
  const edit = (digest: string, editor: string) =>
    bench.tctr(['content', 'edit', '--editor', editor, digest]);

  test('stores the result, and removes its copy', async () => {
    const digest = put('abc');
    // The editor's last word is the file: what it says of it goes to a file of the test's.
    const { status, stdout } = await edit(digest, `f() { stat -c '%a %n' $1 >>$1; }; f`);
    expect(status).toBe(0);
    const made = bench.fake.state.bytes.get(parseDigest(stdout.trim()))?.toString() ?? '';
    const [, mode, file] = /^abc(\d+) (.*)\n$/.exec(made) ?? [];
    expect(mode).toBe('600');
    const { existsSync } = await import('node:fs');
    expect(existsSync(file ?? '/')).toBe(false);
  });

  test('ends as its editor does', async () => {
    const digest = put('abc');
    expect(await edit(digest, 'exit 7;')).toEqual({
      status: 7,
      stdout: '',
      stderr: 'tctr: editor: exit status 7\n',
    });
    expect(bench.fake.calls.names()).toEqual(['Content.Read']);
  });

  test('does not go on from half an edit', async () => {
    const digest = put('abc');
    leave(`edit-${digest}`, 'ab');
    expect(await edit(digest, 'echo x >>')).toMatchObject({ status: 1, stdout: '' });
    expect(ingests()).toEqual([]);
  });
});
