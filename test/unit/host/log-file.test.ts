import { appendFileSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readLogFile } from '../../../src/host/log-file.js';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'log-file-'));
  file = join(dir, 'log');
});
afterEach(() => rmSync(dir, { recursive: true }));

const { signal } = new AbortController();

async function all(tail: number | undefined): Promise<string> {
  let text = '';
  for await (const chunk of readLogFile({ file, tail, goesOn: () => false, signal }))
    text += Buffer.from(chunk).toString();
  return text;
}

describe('--tail', () => {
  test.each([
    [undefined, 'a\nb\nc\n'],
    [0, ''],
    [1, 'c\n'],
    [2, 'b\nc\n'],
    [9, 'a\nb\nc\n'],
  ])('%s', async (tail, expected) => {
    writeFileSync(file, 'a\nb\nc\n');
    expect(await all(tail)).toBe(expected);
  });

  test('the last line may lack its newline', async () => {
    writeFileSync(file, 'a\nb');
    expect(await all(1)).toBe('b');
  });

  test('lines longer than a block', async () => {
    const long = 'x'.repeat(200_000);
    writeFileSync(file, `a\n${long}\n`);
    expect(await all(1)).toBe(`${long}\n`);
  });
});

test('goes on through rotation and truncation', async () => {
  writeFileSync(file, 'one\n');
  const seen: string[] = [];
  let writing = true;
  for await (const chunk of readLogFile({ file, tail: undefined, goesOn: () => writing, signal })) {
    seen.push(Buffer.from(chunk).toString());
    if (seen.length === 1) appendFileSync(file, 'two\n');
    if (seen.length === 2) {
      renameSync(file, `${file}.1`);
      writeFileSync(file, 'three\n');
    }
    if (seen.length === 3) writeFileSync(file, '4\n');
    if (seen.length === 4) writing = false;
  }
  expect(seen).toEqual(['one\n', 'two\n', 'three\n', '4\n']);
});

test('neither a link nor a folder is a log', async () => {
  writeFileSync(join(dir, 'secret'), 'x');
  symlinkSync(join(dir, 'secret'), file);
  await expect(all(undefined)).rejects.toMatchObject({ kind: 'failed precondition' });
  file = dir;
  await expect(all(undefined)).rejects.toMatchObject({ kind: 'failed precondition' });
  file = join(dir, 'nothing');
  await expect(all(undefined)).rejects.toMatchObject({ kind: 'not found' });
});
