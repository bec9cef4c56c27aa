import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { completionScript, shells } from '../../../src/cli/completion-script.js';

describe('bash', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'completion-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Types a line in bash, with a program that has these words to offer: what bash would, and what it asked. */
  function type(line: string, words: readonly string[], program = 'tctr') {
    const answers = join(folder, 'words');
    const asked = join(folder, 'asked');
    const file = join(folder, program);
    writeFileSync(answers, words.map((word) => `${word}\n`).join(''));
    writeFileSync(asked, '');
    writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$@" > '${asked}'\ncat '${answers}'\n`);
    chmodSync(file, 0o755);
    const script = [
      `source '${join(folder, 'script')}'`,
      `complete -p ${program} > /dev/null || exit 9`,
      'COMP_LINE=$1; COMP_POINT=${#1}',
      `_${program}`,
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join('\n');
    writeFileSync(join(folder, 'script'), completionScript('bash', program) ?? '');
    const stdout = execFileSync('bash', ['--norc', '-c', script, 'bash', line], {
      env: { PATH: `${folder}:/usr/bin:/bin` },
      encoding: 'utf8',
    });
    const lines = (text: string): readonly string[] => text.split('\n').filter((each) => each !== '');
    return { offered: lines(stdout), asked: lines(readFileSync(asked, 'utf8')) };
  }

  test('offers what fits the beginning of a word', () => {
    expect(type('tctr image l', ['list', 'ls', 'pull'])).toEqual({
      offered: ['list', 'ls'],
      asked: ['image', '--generate-bash-completion'],
    });
  });

  test('offers everything where no word has begun', () => {
    expect(type('tctr -n k8s.io image ', ['list', 'pull'])).toEqual({
      offered: ['list', 'pull'],
      asked: ['-n', 'k8s.io', 'image', '--generate-bash-completion'],
    });
  });

  test('asks with the beginning of a flag', () => {
    expect(type('tctr image pull --pl', ['--platform', '--plain-http'])).toEqual({
      offered: ['--platform', '--plain-http'],
      asked: ['image', 'pull', '--pl', '--generate-bash-completion'],
    });
  });

  test.each([
    ['tctr run localhost:5000/a', ['localhost:5000/app:1', 'localhost:5000/b:1'], ['5000/app:1']],
    ['tctr run app@sha256:a', ['app@sha256:aa', 'app@sha256:bb'], ['aa']],
    ['tctr run app:', ['app:1', 'app:2'], ['1', '2']],
  ])('%s: without what stands before the last colon, as bash splits words', (line, words, offered) => {
    expect(type(line, words).offered).toEqual(offered);
  });

  test('offers nothing where the program has nothing', () => {
    expect(type('tctr image nope ', []).offered).toEqual([]);
  });

  test('serves a link of another name', () => {
    expect(type('ctr im', ['image'], 'ctr').offered).toEqual(['image']);
  });
});

describe.each([...shells])('%s', (shell) => {
  test('asks the program that it is for, by its own name', () => {
    const script = completionScript(shell, 'ctr') ?? '';
    expect(script).toContain('--generate-bash-completion');
    expect(script).not.toMatch(/tctr|undefined/);
    expect(script.endsWith('\n')).toBe(true);
  });
});

test('zsh is told which command the script is for in its first line', () => {
  expect(completionScript('zsh', 'tctr')).toMatch(/^#compdef tctr\n/);
});

test('fish completes the command with the words of the function that is there', () => {
  const script = completionScript('fish', 'tctr') ?? '';
  const [, name] = /^function (\S+)$/m.exec(script) ?? [];
  expect(script).toContain(`complete -c tctr -f -a '(${name})'`);
  expect(script.match(/^ *(?:function|if) /gm)?.length).toBe(script.match(/^ *end$/gm)?.length);
});

test.each(['', 'sh', 'constructor'])('no script for %j', (shell) => {
  expect(completionScript(shell, 'tctr')).toBeUndefined();
});
