import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readDockerRecord } from '../../../src/host/docker-record.js';

const id = 'f'.repeat(64);
let root: string;
let dir: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'docker-record-'));
  dir = join(root, id);
  mkdirSync(dir);
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (record: object): void => writeFileSync(join(dir, 'config.v2.json'), JSON.stringify(record));
const read = (): ReturnType<typeof readDockerRecord> => readDockerRecord(id, join(dir, 'hostname'));

test('reads the name, the image, the ports and the log', () => {
  write({
    ID: id,
    Name: '/web',
    Config: { Image: 'nginx:alpine' },
    State: { Paused: false, ExitCode: 3, StartedAt: '2026-11-21T02:17:04.5Z', FinishedAt: '' },
    LogPath: `${dir}/${id}-json.log`,
    NetworkSettings: {
      Ports: {
        '80/tcp': [
          { HostIp: '0.0.0.0', HostPort: '8080' },
          { HostIp: '::', HostPort: '8080' },
        ],
        '443/tcp': null,
      },
    },
  });
  expect(read()).toEqual({
    name: 'web',
    image: 'nginx:alpine',
    paused: false,
    exitCode: 3,
    startedAt: '2026-11-21T02:17:04.5Z',
    finishedAt: '',
    ports: ['0.0.0.0:8080->80/tcp', '[::]:8080->80/tcp', '443/tcp'],
    log: `${dir}/${id}-json.log`,
  });
});

describe('trusts nothing but what dockerd would have written', () => {
  test('a log elsewhere is not the log', () => {
    write({ ID: id, LogPath: '/etc/shadow' });
    expect(read()?.log).toBeUndefined();
  });

  test("another container's record", () => {
    write({ ID: 'e'.repeat(64), Name: '/web' });
    expect(read()).toBeUndefined();
  });

  test.each(['relative/hostname', '/etc/hostname', `/x/${id}/hosts`])('a mount from %s', (source) => {
    expect(readDockerRecord(id, source)).toBeUndefined();
  });

  test('a link', () => {
    const elsewhere = join(root, 'elsewhere');
    writeFileSync(elsewhere, JSON.stringify({ ID: id, Name: '/web' }));
    symlinkSync(elsewhere, join(dir, 'config.v2.json'));
    expect(read()).toBeUndefined();
  });

  test.each([
    ['no JSON', '{'],
    ['another shape', JSON.stringify({ ID: id, Name: 1 })],
    ['too large', JSON.stringify({ ID: id, Name: 'x'.repeat(1 << 20) })],
  ])('%s', (_, content) => {
    writeFileSync(join(dir, 'config.v2.json'), content);
    expect(read()).toBeUndefined();
  });
});
