import { expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { readAhead } from '../../../../src/remotes/http/read-ahead.js';

const piece = 64 << 10;

/** A source of 100 numbered pieces that tells how many were taken from it. */
function source(): { readonly stream: Readable; readonly taken: () => number } {
  let taken = 0;
  const stream = new Readable({
    highWaterMark: piece,
    read() {
      this.push(taken === 100 ? null : Buffer.alloc(piece, taken++));
    },
  });
  return { stream, taken: () => taken };
}

test('gives every piece as it came, in order', async () => {
  const got: number[] = [];
  for await (const chunk of readAhead(source().stream)) {
    expect(chunk.length).toBe(piece);
    got.push(chunk[0] as number);
  }
  expect(got).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test('reads some pieces ahead, and no more', async () => {
  const { stream, taken } = source();
  const reader = readAhead(stream);
  await reader.next();
  for (let i = 0; i < 50; i++) await turn();
  expect(taken()).toBeGreaterThan(4);
  expect(taken()).toBeLessThan(16);
  await reader.return(undefined);
  expect(stream.destroyed).toBe(true);
});

test('what came before a failure is given before it', async () => {
  const stream = new Readable({ read: () => undefined });
  stream.push(Buffer.from('one'));
  const reader = readAhead(stream);
  const first = reader.next();
  await turn();
  stream.destroy(new Error('cut'));
  expect(Buffer.from((await first).value as Uint8Array).toString()).toBe('one');
  await expect(reader.next()).rejects.toThrow('cut');
});
