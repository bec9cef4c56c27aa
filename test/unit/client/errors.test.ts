import { describe, expect, test } from '@jest/globals';
import { cancellation, ContainerdError, fromStatus } from '../../../src/client/errors.js';
import { hasKind, KindError, prefixed } from '../../../src/oci/errors.js';

describe('a gRPC status', () => {
  // The numbers of google.rpc.Code.
  test.each([
    [1, 'canceled'],
    [2, 'unknown'],
    [3, 'invalid argument'],
    [4, 'deadline exceeded'],
    [5, 'not found'],
    [6, 'already exists'],
    [7, 'permission denied'],
    [8, 'resource exhausted'],
    [9, 'failed precondition'],
    [10, 'aborted'],
    [11, 'out of range'],
    [12, 'not implemented'],
    [13, 'internal'],
    [14, 'unavailable'],
    [15, 'data loss'],
    [16, 'unauthenticated'],
    [99, 'unknown'],
    [-1, 'unknown'],
  ])('%i is %s', (code, kind) => {
    const cause = { code, details: 'words: unavailable' };
    const error = fromStatus(cause);
    expect(error).toBeInstanceOf(ContainerdError);
    expect(error).toMatchObject({ kind, message: 'words: unavailable', cause });
  });

  test.each([
    [5, 'image "a": not found', 'image "a": not found'],
    [4, 'Deadline exceeded after 1.002s,remote_addr=x', 'context deadline exceeded'],
    [4, 'shim: ttrpc: deadline', 'shim: ttrpc: deadline'],
    [14, 'Connection dropped', 'connection to containerd lost: Connection dropped'],
    [14, 'ref locked: unavailable', 'ref locked: unavailable'],
    [14, 'error reading from server: EOF', 'error reading from server: EOF'],
  ])('%i %j reads %j', (code, details, message) => {
    expect(fromStatus({ code, details }).message).toBe(message);
  });

  test.each([
    [new Error('boom'), 'boom'],
    ['text', 'text'],
    [{ code: 'ENOENT', details: 'x' }, '[object Object]'],
  ])('%j is none, and unknown', (thrown, message) => {
    expect(fromStatus(thrown)).toMatchObject({ kind: 'unknown', message, cause: thrown });
  });
});

describe('a wait that was ended', () => {
  const aborted = (reason?: unknown): AbortSignal => AbortSignal.abort(reason);

  test('by a reason of ours is told as that', () => {
    const reason = new KindError('failed precondition', 'no more');
    expect(cancellation(aborted(reason))).toBe(reason);
  });

  test.each([
    [aborted(), 'canceled', 'context canceled'],
    [aborted('why not'), 'canceled', 'context canceled'],
    [aborted(new DOMException('too late', 'TimeoutError')), 'deadline exceeded', 'context deadline exceeded'],
  ])('else is told in Go’s words', (signal, kind, message) => {
    expect(cancellation(signal)).toMatchObject({ kind, message });
  });
});

test('words before an error keep its kind, hint and cause', () => {
  const error = new ContainerdError('not found', 'gone', { hint: 'look elsewhere' });
  const told = prefixed('cannot open', error);
  expect(told).toMatchObject({
    kind: 'not found',
    message: 'cannot open: gone',
    hint: 'look elsewhere',
    cause: error,
  });
  expect(hasKind(told, 'not found')).toBe(true);
  expect(hasKind(told, 'unavailable')).toBe(false);
  const foreign = new Error('x');
  expect(prefixed('cannot open', foreign)).toBe(foreign);
  expect(hasKind({ kind: 'not found' }, 'not found')).toBe(false);
});
