import { execFileSync } from 'node:child_process';
import { createReadStream, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { KindError } from '../../../../src/oci/errors.js';
import { readTar } from '../../../../src/ops/archive/read-tar.js';

const big = 2_000_000;
let dir: string;
let archive: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tctr-read-tar-'));
  archive = join(dir, 'a.tar');
  mkdirSync(join(dir, 'etc'));
  for (const name of ['one', 'two', 'three']) writeFileSync(join(dir, 'etc', name), name);
  writeFileSync(join(dir, 'program'), Buffer.alloc(big, 7));
  writeFileSync(join(dir, 'last'), 'end');
  // By GNU tar: what reads here has not written it.
  execFileSync('tar', ['--create', '--file', archive, '--directory', dir, 'etc', 'program', 'last']);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test.each([512, 20_000, 4_000_000])(
  'members that nobody reads are passed over, in chunks of %d',
  async (highWaterMark) => {
    const read: [string, number][] = [];
    for await (const { name, bytes } of readTar(createReadStream(archive, { highWaterMark }))) {
      await turn(); // whoever reads has something else to do first
      if (name !== 'program') {
        read.push([name, -1]);
        continue;
      }
      let length = 0;
      for await (const chunk of bytes) length += chunk.length;
      read.push([name, length]);
    }
    expect(read.filter(([name]) => !name.startsWith('etc'))).toEqual([
      ['program', big],
      ['last', -1],
    ]);
    expect(read).toHaveLength(6);
  },
);

test('whoever reads a member hears that the archive ends within it, in the words of the archive', async () => {
  const cut = join(dir, 'cut.tar');
  execFileSync('head', ['--bytes', '1000000', archive], { stdio: ['ignore', openSync(cut, 'w'), 'inherit'] });
  const heard: unknown[] = [];
  const reading = async (): Promise<void> => {
    for await (const { bytes } of readTar(createReadStream(cut))) {
      try {
        for await (const chunk of bytes) expect(chunk.length).toBeGreaterThan(0);
      } catch (error) {
        heard.push(error);
        throw error;
      }
    }
  };
  await expect(reading()).rejects.toThrow(/^unexpected EOF: the archive ends after 1000000 bytes/);
  expect(heard).toEqual([expect.any(KindError)]);
});

test('a member that is read in part is passed over as well', async () => {
  const names: string[] = [];
  for await (const { name, bytes } of readTar(createReadStream(archive, { highWaterMark: 20_000 }))) {
    names.push(name);
    if (name !== 'program') continue;
    const iterator = bytes[Symbol.asyncIterator]();
    expect((await iterator.next()).done).toBe(false);
    await iterator.return?.();
  }
  expect(names.at(-1)).toBe('last');
});
