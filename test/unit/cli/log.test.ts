import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createLogger, type Logger } from '../../../src/cli/log.js';

/** A logger, and what it has written. */
function logger({ isTTY = false, debug = false } = {}): { log: Logger; text: () => string } {
  let written = '';
  const output = { isTTY, columns: 80, write: (part: string | Uint8Array) => void (written += String(part)) };
  return { log: createLogger(output, { debug }), text: () => written };
}

const message = (text: string): string => {
  const { log, text: written } = logger();
  log.info(text);
  return / level=info msg=(.*)\n$/s.exec(written())?.[1] ?? '';
};

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-03-04T05:06:07Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('off a terminal', () => {
  test('time, level, message, and the fields in order', () => {
    const { log, text } = logger();
    log.warning('some words', { b: '2', a: 'x y' });
    const [, time = '', rest] = /^time="([^"]*)" (.*)\n$/.exec(text()) ?? [];
    expect(Date.parse(time)).toBe(Date.now());
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/);
    expect(rest).toBe('level=warning msg="some words" a="x y" b=2');
  });

  test.each([
    ['plain', 'plain'],
    ['a/b@c.d-e_f^g+1', 'a/b@c.d-e_f^g+1'],
    ['two words', '"two words"'],
    ['a=b', '"a=b"'],
    ['say "x"', String.raw`"say \"x\""`],
    ['back\\slash', String.raw`"back\\slash"`],
  ])('%j reads %s', (text, shown) => {
    expect(message(text)).toBe(shown);
  });

  test.each(['\n', '\r', '\u001b', '\u007f', '\u009b', '\u200e', '\u2028', '\u202e', '\u2066'])(
    '%j moves nothing',
    (character) => {
      expect(message(`a${character}b`)).toMatch(/^"a\\(?:n|r|u[\da-f]{4})b"$/);
    },
  );

  test('an empty message is left out, and an empty field is shown', () => {
    const { log, text } = logger();
    log.error('', { error: '' });
    expect(text()).toMatch(/level=error error=""\n$/);
  });
});

test('debug is heard only by those who ask', () => {
  const [quiet, loud] = [logger(), logger({ debug: true })];
  quiet.log.debug('x');
  loud.log.debug('x');
  expect(quiet.text()).toBe('');
  expect(loud.text()).toMatch(/level=debug msg=x\n$/);
});

describe('on a terminal', () => {
  test('level in colour, seconds since the start, the message in its column', () => {
    const { log, text } = logger({ isTTY: true });
    jest.advanceTimersByTime(12_345);
    log.error('lost "it"', { error: 'EOF' });
    const column = 'lost "it"'.padEnd(44);
    expect(text()).toBe(`\u001b[31mERRO\u001b[0m[0012] ${column} \u001b[31merror\u001b[0m=EOF\n`);
  });

  test('a message cannot bring escapes of its own', () => {
    const { log, text } = logger({ isTTY: true });
    log.info('a\u001b[2Jb\nc', { key: '\u001b[2J' });
    expect(text().replaceAll(/\u001b\[(?:36|0)m/g, '')).toMatch(
      /^INFO\[0000\] [^\u001b\n]* key="[^\u001b\n]*"\n$/,
    );
  });
});
