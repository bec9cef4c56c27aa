import { describe, expect, test } from '@jest/globals';
import { SnapshotKind } from '../../../src/client/snapshots.js';
import type { Snapshot } from '../../support/fake/state.js';
import { fakeEachTest } from '../../support/fake/each-test.js';

const bench = fakeEachTest();
const ok = { status: 0, stdout: '', stderr: '' };
const held = (snapshotter = 'overlayfs') =>
  bench.fake.state.read('default').snapshots.get(snapshotter) ?? new Map<string, Snapshot>();
const rooted = new Map([['containerd.io/gc.root', expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+Z$/)]]);
const run = async (...lines: readonly string[]) => {
  for (const line of lines) expect(await bench.tctr(line.split(' '))).toEqual(ok);
};

describe('snapshot', () => {
  test('prepare, commit and view make what they say', async () => {
    await run(
      'snapshot prepare a',
      'snapshot commit base a',
      'snapshot prepare b base',
      'snapshot view v base',
    );
    const found = [...held().values()].map(({ name, parent, kind, labels }) => ({
      name,
      parent,
      kind,
      labels,
    }));
    expect(found).toEqual([
      { name: 'base', parent: '', kind: SnapshotKind.COMMITTED, labels: rooted },
      { name: 'b', parent: 'base', kind: SnapshotKind.ACTIVE, labels: rooted },
      { name: 'v', parent: 'base', kind: SnapshotKind.VIEW, labels: rooted },
    ]);
  });

  test.each(['prepare', 'view', 'commit', 'mounts', 'info'])(
    '%s shows its help when words are missing',
    async (verb) => {
      const { status, stdout, stderr } = await bench.tctr(['snapshot', verb]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain(`tctr snapshot ${verb} [flags] <`);
      expect(bench.fake.calls.all).toEqual([]);
    },
  );

  test('is of the snapshotter before the command, or of the environment', async () => {
    await run('snapshot --snapshotter native prepare a');
    expect([...held('native').keys()]).toEqual(['a']);
    expect((await bench.tctr(['snapshot', 'ls', '-q'])).stdout).toBe('');
    const env = { CONTAINERD_SNAPSHOTTER: 'native' };
    expect((await bench.tctr(['snapshot', 'ls', '-q'], { env })).stdout).toBe('a\n');
    expect((await bench.tctr(['snapshot', '--snapshotter', 'overlayfs', 'ls', '-q'], { env })).stdout).toBe(
      '',
    );
  });

  test('mounts and --target print a command, --mounts JSON', async () => {
    const { stdout } = await bench.tctr(['snapshot', 'prepare', '-t', '/mnt', '--mounts', 'a']);
    const [first = '', ...rest] = stdout.split('\n');
    expect(first).toMatch(/^mount -t bind \/\S+ \/mnt -o rw,rbind$/);
    expect(JSON.parse(rest.join('\n'))).toMatchObject([
      { Type: 'bind', Target: '', Options: ['rw', 'rbind'] },
    ]);
    expect((await bench.tctr(['snapshots', 'm', '/mnt', 'a'])).stdout).toBe(`${first}\n`);
  });

  test('delete stops at the first that stays', async () => {
    await run('snapshot prepare a', 'snapshot commit base a', 'snapshot prepare b base');
    expect(await bench.tctr(['snapshot', 'rm', 'base', 'b'])).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'tctr: failed to remove "base": cannot remove snapshot with child: failed precondition ' +
        '(snapshot tree shows what stands on it)\n',
    });
    expect([...held().keys()]).toEqual(['base', 'b']);
    await run('snapshot rm b base');
    expect([...held().keys()]).toEqual([]);
  });

  test('label sets, removes and prints sorted', async () => {
    await run('snapshot prepare a');
    expect((await bench.tctr(['snapshot', 'label', 'a', 'z=1', 'b=2'])).stdout).toMatch(
      /^b=2,containerd\.io\/gc\.root=\S+,z=1\n$/,
    );
    expect((await bench.tctr(['snapshot', 'label', 'a', 'containerd.io/gc.root='])).stdout).toBe('b=2,z=1\n');
    expect((await bench.tctr(['snapshot', 'label', 'a'])).stdout).toBe('b=2,z=1\n');
  });

  test('usage leaves out one that goes meanwhile, and not one that was named', async () => {
    await run('snapshot prepare a', 'snapshot prepare b');
    expect((await bench.tctr(['snapshot', 'usage', '-b'])).stdout).toBe(
      'KEY SIZE INODES \na   4096 1      \nb   4096 1      \n',
    );
    expect(await bench.tctr(['snapshot', 'usage', 'a', 'nope'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'tctr: snapshot nope does not exist: not found (snapshot ls lists those that exist)\n',
    });
  });
});

describe('snapshot diff', () => {
  const layer = 'application/vnd.oci.image.layer.v1.tar';

  test('compares with the parent, and leaves nothing but the blob to a collector that is waited for', async () => {
    await run('snapshot prepare a', 'snapshot commit base a', 'snapshot prepare b base');
    const { status, stderr } = await bench.tctr(['snapshot', 'diff', 'b']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect([...held().keys()]).toEqual(['base', 'b']);
    const lease = bench.fake.calls.only('Leases.Delete').request as { sync: boolean };
    expect(lease.sync).toBe(true);
    expect(bench.fake.state.read('default').leases.size).toBe(0);
    expect(bench.fake.calls.only('Snapshots.View').request).toMatchObject({ parent: 'base' });
  });

  test('of two committed ones takes two views, and gives both back', async () => {
    await run(
      'snapshot prepare a',
      'snapshot commit base a',
      'snapshot prepare b base',
      'snapshot commit top b',
    );
    expect((await bench.tctr(['snapshot', 'diff', 'base', 'top'])).status).toBe(0);
    const parents = bench.fake.calls
      .of('Snapshots.View')
      .map(({ request }) => (request as { parent: string }).parent);
    expect(parents.sort()).toEqual(['base', 'top']);
    expect([...held().keys()]).toEqual(['base', 'top']);
  });

  test('asks for what the flags say', async () => {
    await run('snapshot prepare a');
    const flags = ['--media-type', layer, '--ref', 'mine', '--label', 'k=v', '--keep'];
    await bench.tctr(['snapshot', 'diff', ...flags, 'a'], { env: { SOURCE_DATE_EPOCH: '12' } });
    expect(bench.fake.calls.only('Diff.Diff').request).toMatchObject({
      mediaType: layer,
      ref: 'mine',
      labels: new Map<string, unknown>([['k', 'v'], ...rooted]),
      sourceDateEpoch: { seconds: 12n, nanos: 0 },
    });
  });

  test.each([
    ['now', 'strconv.ParseInt: parsing \\"now\\": invalid syntax'],
    ['9223372036854775808', 'value out of range'],
  ])('warns of a SOURCE_DATE_EPOCH of %s', async (text, why) => {
    await run('snapshot prepare a');
    const { status, stderr } = await bench.tctr(['snapshot', 'diff', 'a'], {
      env: { SOURCE_DATE_EPOCH: text },
    });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^time=\S+ level=warning msg="Failed to read SOURCE_DATE_EPOCH" error=/);
    expect(stderr).toContain(why);
  });

  test('that cannot be made gives its views back', async () => {
    await run('snapshot prepare a', 'snapshot commit base a');
    expect(await bench.tctr(['snapshot', 'diff', '--media-type', 'nope', 'base'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'tctr: unsupported diff media type: nope: not implemented\n',
    });
    expect([...held().keys()]).toEqual(['base']);
    expect(bench.fake.state.read('default').leases.size).toBe(0);
  });

  test('of a damaged layer says so, behind the bytes', async () => {
    await run('snapshot prepare a');
    await bench.tctr(['snapshot', 'diff', '--keep', 'a']);
    const [digest] = bench.fake.state.read('default').blobs.keys();
    const { bytes } = bench.fake.state;
    const set = bytes.set.bind(bytes);
    bytes.set = (key, value) => set(key, Buffer.from(value.map((byte) => byte ^ 1)));
    const { status, stderr } = await bench.tctr(['snapshot', 'diff', 'a']);
    expect(status).toBe(1);
    expect(stderr).toContain(`tctr: the layer was damaged on its way: got `);
    expect(stderr).toContain(digest!);
  });
});
