import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { startFake } from '../support/fake/containerd.js';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

test('the built client lists images, and its errors can be told apart', async () => {
  const fake = await startFake();
  try {
    // In the package's own folder `tctr/client` is what is built and shipped.
    const { stdout } = await run(process.execPath, [join(root, 'test/support/use-client.js'), fake.socket]);
    const notFound = ['not found', true, true, true];
    expect(JSON.parse(stdout)).toEqual({ images: [], absent: notFound, nowhere: notFound });
  } finally {
    await fake.close();
  }
});
