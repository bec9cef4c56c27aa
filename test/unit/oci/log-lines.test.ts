import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCriLine, parseJsonLine, splitLines } from '../../../src/oci/log-lines.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const text = (part: Uint8Array): string => Buffer.from(part).toString();

async function* chunksOf(parts: readonly string[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (const part of parts) yield bytes(part);
}

describe('splitLines', () => {
  test('gives the same lines however the text was cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[ab\n]{0,9}$/)), async (parts) => {
        const lines: string[] = [];
        for await (const line of splitLines(chunksOf(parts))) lines.push(text(line));
        expect(lines).toEqual(parts.join('').match(/[^\n]*\n|[^\n]+$/g) ?? []);
      }),
    );
  });

  test('a line without an end does not fill the memory', async () => {
    const lengths: number[] = [];
    for await (const line of splitLines(chunksOf(Array.from({ length: 40 }, () => 'x'.repeat(1 << 16))))) {
      lengths.push(line.length);
    }
    expect(Math.max(...lengths)).toBeLessThan((1 << 20) + (1 << 16) + 1);
    expect(lengths.reduce((sum, length) => sum + length)).toBe(40 << 16);
  });
});

describe('parseCriLine', () => {
  test.each([
    ['2026-11-21T02:17:04.5Z stdout F hello\n', 'stdout', 'hello\n'],
    ['2026-11-21T02:17:04.5+01:00 stderr F \n', 'stderr', '\n'],
    ['2026-11-21T02:17:04.5Z stdout P hel\n', 'stdout', 'hel'],
    ['2026-11-21T02:17:04.5Z stdout P:x lo\n', 'stdout', 'lo'],
  ])('%j', (line, stream, expected) => {
    const piece = parseCriLine(bytes(line));
    expect([piece.stream, text(piece.bytes)]).toEqual([stream, expected]);
    expect(piece.time).toMatch(/^2026-11-21T02:17:04\.5/);
  });

  test('a line that is none is output as it stands', () => {
    expect(parseCriLine(bytes('oops\n'))).toEqual({
      stream: 'stdout',
      time: undefined,
      bytes: bytes('oops\n'),
    });
  });
});

describe('parseJsonLine', () => {
  test('takes the text, the stream and the time', () => {
    const piece = parseJsonLine(bytes('{"log":"a\\n","stream":"stderr","time":"2026-11-21T02:17:04.5Z"}\n'));
    expect({ ...piece, bytes: text(piece.bytes) }).toEqual({
      bytes: 'a\n',
      stream: 'stderr',
      time: '2026-11-21T02:17:04.5Z',
    });
  });

  test.each(['{"log":"a', '[]', '{"log":1}'])('%s is output as it stands', (line) => {
    expect(text(parseJsonLine(bytes(line)).bytes)).toBe(line);
  });
});
