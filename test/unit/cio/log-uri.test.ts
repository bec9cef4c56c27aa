import { expect, test } from '@jest/globals';
import { parseLogUri } from '../../../src/cio/log-uri.js';
import { KindError } from '../../../src/oci/errors.js';
import { TaskIo } from '../../../src/cio/task-io.js';

test.each([
  ['/var/log/web.log', '/var/log/web.log'],
  ['file:///var/log/web.log', 'file:///var/log/web.log'],
  ['FILE:///var/log/web.log', 'file:///var/log/web.log'],
  ['fifo:///run/f', 'fifo:///run/f'],
  ['binary:///usr/bin/logger?id=web&tag=%20', 'binary:///usr/bin/logger?id=web&tag=%20'],
])('%s is taken', (text, expected) => expect(parseLogUri(text)).toBe(expected));

test.each([
  ['', 'must be absolute'],
  ['web.log', 'must be absolute'],
  ['./web.log', 'must be absolute'],
  ['file:/var/log', 'three slashes'],
  ['file://host/var/log', 'three slashes'],
  ['file:///', 'names no file'],
  ['binary:///?id=web', 'names no file'],
  ['npipe:///x', 'one of fifo, file, binary'],
  ['http://x/y', 'one of fifo, file, binary'],
  ['file:///a b', 'blanks'],
  ['file:///a\nb', 'blanks'],
  ['file:///100%', 'percent'],
])('%j is refused', (text, reason) => {
  expect(() => parseLogUri(text)).toThrow(reason);
  expect(() => parseLogUri(text)).toThrow(KindError);
});

test('both outputs go to the log', () => {
  expect(TaskIo.logUri('file:///log').config).toEqual({
    stdin: '',
    stdout: 'file:///log',
    stderr: 'file:///log',
    terminal: false,
  });
});

test('without streams there is nothing to wait for', async () => {
  const io = TaskIo.nullIo();
  expect(io.config).toEqual({ stdin: '', stdout: '', stderr: '', terminal: false });
  io.started();
  expect(await io.drain()).toBe('eof');
  io.dispose();
});
