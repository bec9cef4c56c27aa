import { describe, expect, test } from '@jest/globals';
import { Headers } from '../../../../src/remotes/http/answer.js';
import { NetworkError } from '../../../../src/remotes/errors.js';
import { retryAfterMs, transientError, withRetries } from '../../../../src/remotes/http/retry.js';
import { testClock } from '../../../support/registry/test-remote.js';

const never = new AbortController().signal;

describe('withRetries', () => {
  const run = async (outcomes: readonly (string | Error)[], random = 1, pauseMs?: number) => {
    const clock = testClock();
    let made = 0;
    const policy = { clock, random: () => random, tries: 5, longestPauseMs: 60_000, signal: never };
    const result = await withRetries<string>(
      policy,
      () => {
        const outcome = outcomes[made++] ?? 'more than asked';
        return typeof outcome === 'string' ? Promise.resolve(outcome) : Promise.reject(outcome);
      },
      (outcome) => {
        if (outcome instanceof Error) return transientError(outcome);
        return outcome === 'busy'
          ? { reason: 'busy', ...(pauseMs === undefined ? {} : { pauseMs }) }
          : undefined;
      },
      () => Promise.resolve(),
    ).catch((error: Error) => error.message);
    return { result, made, sleeps: clock.sleeps };
  };
  const reset = new NetworkError('reset', 'reset');

  test('doubles its pauses up to five tries', async () => {
    const busy = ['busy', 'busy', 'busy', 'busy', 'busy', 'busy'];
    expect(await run(busy)).toEqual({ result: 'busy', made: 5, sleeps: [500, 1000, 2000, 4000] });
    expect((await run(busy, 0)).sleeps).toEqual([250, 500, 1000, 2000]);
  });

  test('does what it is asked for, and at most a minute', async () => {
    expect((await run(['busy', 'ok'], 1, 3000)).sleeps).toEqual([3000]);
    expect((await run(['busy', 'ok'], 1, 3_600_000)).sleeps).toEqual([60_000]);
  });

  test('tries again after a reset, not after a refusal', async () => {
    expect(await run([reset, 'ok'])).toMatchObject({ result: 'ok', made: 2 });
    expect(await run([new NetworkError('refused', 'refused'), 'ok'])).toMatchObject({
      result: 'refused',
      made: 1,
    });
    expect(await run([new Error('bug'), 'ok'])).toMatchObject({ result: 'bug', made: 1 });
    expect(await run([reset, reset, reset, reset, reset, 'ok'])).toMatchObject({ result: 'reset', made: 5 });
  });
});

test.each([
  ['3', 3000],
  [' 0 ', 0],
  ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
  ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
  ['-1', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['2026', 2_026_000],
  ['', undefined],
  ['99999999999999999999', undefined],
])('Retry-After: %s', (value, expected) => {
  expect(retryAfterMs(new Headers([['Retry-After', value]]), testClock())).toBe(expected);
});
