import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerEnvironment } from '../../../../src/cli/docker/environment.js';
import { fits, hasLabel, readFilters } from '../../../../src/cli/docker/filters.js';
import { randomName } from '../../../../src/cli/docker/random-name.js';
import { validateIdentifier } from '../../../../src/oci/identifier.js';

test('-e: the last of a name counts, a bare name hands ours on', () => {
  const env = { HOME: '/root', EMPTY: '' };
  expect(dockerEnvironment([], ['A=1', 'HOME', 'A=2', 'NONE', 'EMPTY', 'B=x=y'], env)).toEqual([
    'A=2',
    'HOME=/root',
    'EMPTY=',
    'B=x=y',
  ]);
});

test('--env-file: comments and blank lines are skipped, -e wins', () => {
  const dir = mkdtempSync(join(tmpdir(), 'env-'));
  const file = join(dir, 'env');
  try {
    writeFileSync(file, '\ufeff# a comment\n\n  A=1 # no comment\r\nHOME\nB=2\n');
    expect(dockerEnvironment([file], ['B=3'], { HOME: '/h' })).toEqual([
      'A=1 # no comment',
      'HOME=/h',
      'B=3',
    ]);
    writeFileSync(file, 'A B=1\n');
    expect(() => dockerEnvironment([file], [], {})).toThrow("variable 'A B' contains whitespaces");
  } finally {
    rmSync(dir, { recursive: true });
  }
  expect(() => dockerEnvironment(['/nonexistent/env'], [], {})).toThrow('no such file or directory');
});

test('--filter', () => {
  const filters = readFilters(['label=a', 'status=exited', 'status=created'], ['label', 'status', 'name']);
  expect(fits(filters, 'status', (value) => value === 'created')).toBe(true);
  expect(fits(filters, 'status', (value) => value === 'running')).toBe(false);
  expect(fits(filters, 'name', () => false)).toBe(true);
  expect(() => readFilters(['label'], ['label'])).toThrow('bad format of filter');
  expect(() => readFilters(['size=1'], ['label'])).toThrow("invalid filter 'size'");
  const labels = new Map([['a', '1']]);
  expect(['a', 'a=1', 'a=2', 'b', 'a='].map((wanted) => hasLabel(labels, wanted))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('a made-up name is an id that containerd takes', () => {
  for (let i = 0; i < 200; i++) expect(() => validateIdentifier(randomName())).not.toThrow();
});
