import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mountOn } from '../../../src/ops/mount.js';

const path = process.env['PATH'];
let bin: string;

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'tctr-test-mount-'));
  process.env['PATH'] = bin;
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(bin, { recursive: true });
});

test.each(['without mount(8)', 'without a shell either'])(
  'a machine %s is told what it lacks',
  async (name) => {
    if (name === 'without mount(8)') symlinkSync('/bin/sh', join(bin, 'sh'));
    await expect(mountOn([{ type: 'tmpfs', source: 'x', options: [] }], bin)).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'mount is not installed',
      hint: 'it comes with util-linux',
    });
  },
);
