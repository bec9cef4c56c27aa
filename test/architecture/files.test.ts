import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('gen/'))
  .map((file) => ({ file, text: readFileSync(join(root, 'src', file), 'utf8') }));

const offenders = (bad: (entry: { file: string; text: string }) => boolean) =>
  files.filter(bad).map(({ file }) => file);

test('no file is named for what it does not say', () => {
  expect(offenders(({ file }) => /(?:^|\/)(?:index|utils?|helpers?|common|misc)\.ts$/.test(file))).toEqual(
    [],
  );
});

test('no default exports', () => {
  expect(offenders(({ text }) => /^export default /m.test(text))).toEqual([]);
});

test('files stay short: one concept each', () => {
  const long = offenders(
    ({ file, text }) => !/catalog\.ts$|seccomp-syscalls\.ts$/.test(file) && text.split('\n').length > 320,
  );
  expect(long).toEqual([]);
});

test('every export says what it is', () => {
  const silent = files.flatMap(({ file, text }) => {
    if (/^(?:commands\/|cli\/docker|oci\/spec\/structs\/)/.test(file)) return [];
    const lines = text.split('\n');
    return lines.flatMap((line, i) => {
      const undocumented = /^export (?:async )?(?:function|class|const|interface|abstract class)/.test(line);
      return undocumented && !/\*\/$|^\/\/|^export /.test(lines[i - 1] ?? '')
        ? [`${file}:${i + 1} ${line}`]
        : [];
    });
  });
  expect(silent).toEqual([]);
});
