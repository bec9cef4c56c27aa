import { describe, expect, test } from '@jest/globals';
import { BrokenPipeError } from '../../../src/cio/broken-pipe.js';
import { ExitError, UnknownCommandError, UsageError } from '../../../src/cli/errors.js';
import { InterruptedError } from '../../../src/cli/interrupts.js';
import { report } from '../../../src/cli/report.js';
import { KindError } from '../../../src/oci/errors.js';

describe('how a run ends', () => {
  test.each<[string, unknown, number, string]>([
    ['a status of its own', new ExitError(42), 42, ''],
    ['nobody reads the output', new BrokenPipeError(), 141, ''],
    ['SIGHUP', new InterruptedError('SIGHUP'), 129, ''],
    ['SIGINT', new InterruptedError('SIGINT'), 130, ''],
    ['SIGTERM', new InterruptedError('SIGTERM'), 143, ''],
    ['an unknown word', new UnknownCommandError('imagse'), 3, "No help topic for 'imagse'\n"],
    [
      'an unknown word with one near',
      new UnknownCommandError('imagse', 'image'),
      3,
      "No help topic for 'imagse' (did you mean 'image'?)\n",
    ],
    [
      'an unknown word that something else does',
      new UnknownCommandError('login', undefined, { hint: '{tctr} --user' }),
      3,
      "No help topic for 'login' (tctr --user)\n",
    ],
    ['an error', new KindError('not found', 'image "a": not found'), 1, 'tctr: image "a": not found\n'],
    [
      'an error with a next step',
      new KindError('not found', 'gone', { hint: 'make it' }),
      1,
      'tctr: gone (make it)\n',
    ],
    ['misuse', new UsageError('which image?', { hint: 'name one' }), 1, 'tctr: which image? (name one)\n'],
    [
      'a wait that took too long',
      Object.assign(new Error('x'), { name: 'TimeoutError' }),
      1,
      'tctr: context deadline exceeded\n',
    ],
    ['something else', 'a text', 1, 'tctr: internal error: a text\n'],
    ['nothing', undefined, 1, 'tctr: internal error: undefined\n'],
  ])('%s', (_, error, status, stderr) => {
    expect(report(error, 'tctr')).toEqual({ status, stderr });
  });

  test('a mistake of ours is one line, with where it was', () => {
    const { stderr, status } = report(new TypeError('x is not\na function'), 'ctr');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ctr: internal error: TypeError: x is not \| a function \| at .*report\.test/);
    expect(stderr.indexOf('\n')).toBe(stderr.length - 1);
  });
});

describe('what comes from outside steers no terminal', () => {
  const evil = '\u001b[2J\u009b31m\u202eabc\r\n';

  test.each<[string, unknown]>([
    ['a message', new KindError('unknown', `bad ${evil}`)],
    ['a hint', new KindError('unknown', 'bad', { hint: evil })],
    ['a word', new UnknownCommandError(evil)],
    ['a suggestion', new UnknownCommandError('a', evil)],
    ['a stranger', new Error(evil)],
    ['a text', evil],
  ])('%s', (_, error) => {
    const { stderr } = report(error, 'tctr');
    expect(stderr).toMatch(/^[^\p{Cc}\u202e]*\n$/u);
    expect(stderr).toContain('abc');
  });
});
