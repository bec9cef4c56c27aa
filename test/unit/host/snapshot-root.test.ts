import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readSnapshotFiles } from '../../../src/host/snapshot-root.js';

/** Overlays are mounted, which only root may. */
const asRoot = process.getuid?.() === 0 ? test : test.skip;

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tctr-test-snapshot-'));
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

function layer(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(base, name, 'fs');
  mkdirSync(join(path, 'etc'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, 'etc', file), text);
  return path;
}

function overlay(layers: readonly string[]) {
  const work = join(base, 'work');
  mkdirSync(work, { recursive: true });
  const [upper, ...lower] = layers;
  const options = ['index=off', `workdir=${work}`, `upperdir=${upper}`, `lowerdir=${lower.join(':')}`];
  return [{ type: 'overlay', source: 'overlay', options }];
}

const paths = ['/etc/passwd', '/etc/group'] as const;
const texts = (files: ReadonlyMap<string, Uint8Array>) =>
  Object.fromEntries([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
/** The machine's mounts, without those of the daemons that other tests work with meanwhile. */
const hostMounts = (): string[] =>
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => !line.includes('/tctr-lab'));

test('a bind needs no mount', async () => {
  const source = layer('one', { passwd: 'p', group: 'g' });
  const files = await readSnapshotFiles({
    mounts: [{ type: 'bind', source, options: ['ro', 'rbind'] }],
    paths,
  });
  expect(texts(files)).toEqual({ '/etc/passwd': 'p', '/etc/group': 'g' });
});

describe('an overlay whose directories need merging', () => {
  asRoot('is merged by the kernel, and nothing stays', async () => {
    const mounts = overlay([
      layer('3', {}),
      layer('2', { hosts: 'h' }),
      layer('1', { passwd: 'p', group: 'g' }),
    ]);
    const before = hostMounts();
    expect(texts(await readSnapshotFiles({ mounts, paths }))).toEqual({
      '/etc/passwd': 'p',
      '/etc/group': 'g',
    });
    expect(hostMounts()).toEqual(before);
  });

  asRoot('an opaque directory hides what is below', async () => {
    const opaque = layer('2', {});
    const under = layer('1', { passwd: 'p' });
    // The kernel marks a directory so that takes the place of one that was removed.
    const remake = `mount -t overlay -o lowerdir=${under},upperdir=${opaque},workdir=${base}/w overlay ${base}/m &&
      cd ${base}/m && rm -r etc && mkdir etc && echo -n g >etc/group`;
    for (const name of ['w', 'm']) mkdirSync(join(base, name));
    execFileSync('unshare', ['--mount', 'sh', '-c', remake]);
    const mounts = overlay([layer('3', {}), opaque, under]);
    expect(texts(await readSnapshotFiles({ mounts, paths }))).toEqual({ '/etc/group': 'g' });
  });

  asRoot('120 layers', async () => {
    const layers = Array.from({ length: 120 }, (_, place) =>
      layer(`layer-${place}`, place === 119 ? { passwd: 'p' } : {}),
    );
    expect(overlay(layers)[0]?.options.join(',').length).toBeGreaterThan(4096);
    expect(texts(await readSnapshotFiles({ mounts: overlay(layers), paths }))).toEqual({
      '/etc/passwd': 'p',
    });
  });

  asRoot('a FIFO is refused, and nothing stays', async () => {
    const bottom = layer('1', {});
    execFileSync('mkfifo', [join(bottom, 'etc/passwd')]);
    const mounts = overlay([layer('3', {}), layer('2', { hosts: 'h' }), bottom]);
    const before = hostMounts();
    await expect(readSnapshotFiles({ mounts, paths })).rejects.toMatchObject({ kind: 'failed precondition' });
    expect(hostMounts()).toEqual(before);
  });

  asRoot('an aborted read says so', async () => {
    const mounts = overlay([layer('3', {}), layer('2', { hosts: 'h' }), layer('1', {})]);
    const signal = AbortSignal.abort();
    await expect(readSnapshotFiles({ mounts, paths, signal })).rejects.toMatchObject({ kind: 'canceled' });
  });

  test('what cannot be mounted is an error', async () => {
    const mounts = [{ type: 'nofs', source: '/dev/null', options: [] }];
    await expect(readSnapshotFiles({ mounts, paths })).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('cannot look into the snapshot: '),
    });
  });
});

asRoot('a mount ends with the process that asked for it, even if that is killed', async () => {
  const program = join(base, 'holder.mjs');
  const source = new URL('../../../src/host/private-mount.ts', import.meta.url).pathname;
  const mount = JSON.stringify({ type: 'tmpfs', source: 'tctr-test', options: [] });
  const stdin = `import { mountPrivately } from '${source}';
    console.log((await mountPrivately(${mount})).root);
    setInterval(() => undefined, 1000);`;
  buildSync({
    stdin: { contents: stdin, resolveDir: base },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
  });
  const holder = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [root] = (await once(holder.stdout, 'data')) as [Buffer];
    const child = /^\/proc\/(\d+)\//.exec(root.toString())?.[1] ?? '';
    expect(readFileSync(`/proc/${child}/mountinfo`, 'utf8')).toContain('tctr-test');
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain('tctr-test');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await expect(untilGone(child)).resolves.toBe(true);
  } finally {
    holder.kill('SIGKILL');
  }
});

async function untilGone(pid: string): Promise<boolean> {
  for (let round = 0; round < 150; round++) {
    try {
      if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return true;
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
