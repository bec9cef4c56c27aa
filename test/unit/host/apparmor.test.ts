import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultProfile, loadDefaultProfile } from '../../../src/host/apparmor.js';

let folder: string;
const path = process.env['PATH'];
const at = (name: string): string => join(folder, name);
const places = () => ({ loaded: at('profiles'), etc: at('etc') });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apparmor-test-'));
  process.env['PATH'] = folder;
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true });
});

test('a kernel without AppArmor is told of', () => {
  expect(() => loadDefaultProfile('web', places())).toThrow(
    `open ${at('profiles')}: no such file or directory`,
  );
});

test('a profile of that name that is loaded serves, and one of a longer name does not', () => {
  writeFileSync(at('profiles'), 'web (enforce)\nweb2 (enforce)\n');
  loadDefaultProfile('web', places());
  expect(() => loadDefaultProfile('we', places())).toThrow(
    'exec: "apparmor_parser": executable file not found in $PATH',
  );
});

test('the parser is given the profile, and its file is gone afterwards', () => {
  writeFileSync(at('profiles'), '');
  const script = `#!/bin/sh\necho "$@" >${at('args')}\nread -r first <"$2"; echo "$first" >${at('first')}\n`;
  writeFileSync(at('apparmor_parser'), script, { mode: 0o755 });
  loadDefaultProfile('web', places());
  const [flag, file] = readFileSync(at('args'), 'utf8').trim().split(' ');
  expect(flag).toBe('-Kr');
  expect(readFileSync(at('first'), 'utf8')).toBe('@{PROC}=/proc/\n');
  expect(existsSync(file ?? '')).toBe(false);
});

test('what the parser refuses is said', () => {
  writeFileSync(at('profiles'), '');
  writeFileSync(at('apparmor_parser'), '#!/bin/sh\necho no >&2\nexit 1\n', { mode: 0o755 });
  expect(() => loadDefaultProfile('web', places())).toThrow(
    'load apparmor profile "web": parser error("no")',
  );
});

test.each(['a b', 'a{', '', '-\n', '/a'])('%j is no name', (name) => {
  expect(() => loadDefaultProfile(name, places())).toThrow('invalid AppArmor profile name');
});

test('the abstractions that are there are included', () => {
  for (const name of ['abi/3.0', 'tunables/global', 'abstractions/base'])
    mkdirSync(join(at('etc'), name), { recursive: true });
  const lines = defaultProfile('web', at('etc')).split('\n');
  expect(lines.slice(0, 4)).toEqual([
    'abi <abi/3.0>,',
    '#include <tunables/global>',
    'profile web flags=(attach_disconnected,mediate_deleted) {',
    '  #include <abstractions/base>',
  ]);
  expect(lines).toContain('  signal (send) peer=web,');
});
