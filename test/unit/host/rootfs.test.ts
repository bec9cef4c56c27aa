import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readLayeredFile, readRootfsFile } from '../../../src/host/rootfs.js';

let base: string;
let root: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tctr-test-rootfs-'));
  root = join(base, 'root');
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(join(base, 'secret'), 'of the host');
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}

function link(target: string, path: string): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  symlinkSync(target, join(base, path));
}

const read = (path = '/etc/passwd'): string | undefined => {
  const found = readRootfsFile(root, path);
  return found && Buffer.from(found).toString();
};

describe('links stay within the root', () => {
  test.each<[name: string, links: readonly (readonly [target: string, path: string])[]]>([
    ['relative', [['passwd.real', 'root/etc/passwd']]],
    ['absolute', [['/etc/passwd.real', 'root/etc/passwd']]],
    ['up beyond the root', [['../../../../etc/passwd.real', 'root/etc/passwd']]],
    ['absolute beyond the root', [['/../../etc/passwd.real', 'root/etc/passwd']]],
    [
      'to a link',
      [
        ['a', 'root/etc/passwd'],
        ['../etc/./b', 'root/etc/a'],
        ['/etc/passwd.real', 'root/etc/b'],
      ],
    ],
    [
      'through a linked directory',
      [
        ['/dir/up/etc/passwd.real', 'root/etc/passwd'],
        ['..', 'root/dir/up'],
      ],
    ],
  ])('%s', (_, links) => {
    put('root/etc/passwd.real', 'root:x:0:0');
    for (const [target, path] of links) link(target, path);
    expect(read()).toBe('root:x:0:0');
  });

  test('the directory itself may be a link', () => {
    rmSync(join(root, 'etc'), { recursive: true });
    link('/usr/etc', 'root/etc');
    put('root/usr/etc/passwd', 'x');
    expect(read()).toBe('x');
  });

  test.each(['../secret', '../../secret', '/../secret', '/proc/self/root/secret'])(
    '%s leads nowhere',
    (target) => {
      link(target, 'root/etc/passwd');
      expect(read()).toBeUndefined();
    },
  );

  test('40 links are followed, 41 are not, a loop never', () => {
    put('root/etc/end', 'x');
    for (let place = 1; place < 41; place++)
      link(place === 40 ? 'end' : `l${place + 1}`, `root/etc/l${place}`);
    expect(read('/etc/l1')).toBe('x');
    link('l1', 'root/etc/l0');
    expect(() => read('/etc/l0')).toThrow('too many levels of symbolic links');
    link('passwd', 'root/etc/passwd');
    expect(() => read()).toThrow(expect.objectContaining({ kind: 'failed precondition' }));
  });
});

describe('only regular files are read', () => {
  test('a file that is not there, nor its directory', () => {
    expect(read()).toBeUndefined();
    expect(read('/no/where')).toBeUndefined();
  });

  test('a FIFO does not block', () => {
    execFileSync('mkfifo', [join(root, 'etc/passwd')]);
    expect(() => read()).toThrow("/etc/passwd in the container's root: is not a regular file");
  });

  test('a socket', async () => {
    const server = createServer().listen(join(root, 'etc/passwd'));
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      expect(() => read()).toThrow('is not a regular file');
    } finally {
      server.close();
    }
  });

  test('a directory, and what is under a file', () => {
    mkdirSync(join(root, 'etc/passwd'));
    expect(() => read()).toThrow('is not a regular file');
    put('root/etc/group', '');
    expect(() => read('/etc/group/x')).toThrow('not a directory');
    expect(() => read('/')).toThrow('is not a regular file');
  });

  test('10 MiB and not a byte more', () => {
    put('root/etc/passwd', '');
    truncateSync(join(root, 'etc/passwd'), 10 << 20);
    expect(read()).toHaveLength(10 << 20);
    truncateSync(join(root, 'etc/passwd'), (10 << 20) + 1);
    expect(() => read()).toThrow('exceeds 10485760 bytes');
  });

  test('no descriptor is left open', () => {
    const count = (): number => Number(execFileSync('sh', ['-c', `ls /proc/${process.pid}/fd | wc -l`]));
    put('root/etc/passwd', 'x');
    link('loop', 'root/etc/loop');
    const before = count();
    for (let round = 0; round < 50; round++) {
      read();
      expect(() => read('/etc/loop')).toThrow();
    }
    // A leak would be 150 or more; jest opens a few itself meanwhile.
    expect(count() - before).toBeLessThan(50);
  });
});

test('a link swapped in meanwhile never shows a file of the host', async () => {
  put('root/etc/passwd', 'inside');
  const swap = `while :; do ln -sfn ${base} ${root}/etc2; mv -T ${root}/etc ${root}/was; mv -T ${root}/etc2 ${root}/etc;
    rm ${root}/etc; mv -T ${root}/was ${root}/etc; done`;
  put('passwd', 'of the host');
  const attack = spawn('sh', ['-c', swap], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  attack.stdout.resume();
  attack.stderr.resume();
  try {
    const seen = new Set<string | undefined>();
    // Until a read has met a swap, too: before the shell has begun, it proves nothing.
    for (let round = 0, met = false; round < 5000 || !met; round++) {
      try {
        const text = read();
        seen.add(text);
        met ||= text === undefined;
      } catch {
        // Refused in the middle of a swap: that shows nothing either.
        met = true;
      }
    }
    expect(seen).not.toContain('of the host');
    expect(seen).toContain('inside');
  } finally {
    // 'close', not 'exit': the mv that the shell began holds the pipes too, and may outlive it.
    const ended = once(attack, 'close');
    process.kill(-Number(attack.pid), 'SIGKILL');
    await ended;
  }
});

describe('layers', () => {
  const layered = (path = '/etc/passwd'): string | undefined => {
    const layers = ['upper', 'middle', 'bottom'].map((name) => join(base, name));
    const found = readLayeredFile(layers, path);
    return found instanceof Uint8Array ? Buffer.from(found).toString() : found;
  };

  beforeEach(() => {
    for (const name of ['upper', 'middle', 'bottom']) mkdirSync(join(base, name));
  });

  test('the topmost layer wins', () => {
    put('bottom/etc/passwd', 'old');
    put('middle/etc/passwd', 'new');
    expect(layered()).toBe('new');
  });

  test('a directory of the bottom layer has nothing below it', () => {
    put('bottom/etc/passwd', 'x');
    expect(layered()).toBe('x');
    expect(layered('/etc/group')).toBeUndefined();
    expect(layered('/no/where')).toBeUndefined();
  });

  test('a directory above may hide the one below or not', () => {
    put('bottom/etc/passwd', 'x');
    put('middle/etc/group', 'x');
    expect(layered()).toBe('ambiguous');
    expect(layered('/etc/shadow')).toBe('ambiguous');
  });

  test('a file without content may stand for one below', () => {
    put('bottom/etc/passwd', 'x');
    put('middle/etc/passwd', '');
    expect(layered()).toBe('ambiguous');
    truncateSync(join(base, 'middle/etc/passwd'), 100);
    expect(layered()).toBe('ambiguous');
  });

  test('links go through the layers', () => {
    link('/usr/etc', 'upper/etc');
    put('middle/etc/passwd', 'hidden');
    put('bottom/usr/etc/passwd', 'x');
    expect(layered()).toBe('x');
  });

  (process.getuid?.() === 0 ? test : test.skip)(
    'a whiteout hides what is below (needs root for mknod)',
    () => {
      put('bottom/etc/passwd', 'x');
      mkdirSync(join(base, 'middle/etc'));
      execFileSync('mknod', [join(base, 'middle/etc/passwd'), 'c', '0', '0']);
      expect(layered()).toBeUndefined();
      execFileSync('mknod', [join(base, 'upper/etc'), 'c', '0', '0']);
      expect(layered()).toBeUndefined();
      rmSync(join(base, 'upper/etc'));
      execFileSync('mknod', [join(base, 'upper/null'), 'c', '1', '3']);
      expect(() => layered('/null')).toThrow('is not a regular file');
    },
  );
});
