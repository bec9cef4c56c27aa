import { describe, expect, test } from '@jest/globals';
import {
  addressReach,
  isLoopbackRegistry,
  literalReach,
  splitPort,
} from '../../../../src/remotes/http/local-address.js';

test.each([
  ['127.0.0.1', 'loopback'],
  ['127.255.0.9', 'loopback'],
  ['0.0.0.0', 'loopback'],
  ['::1', 'loopback'],
  ['::', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:a9fe:a9fe', 'link'],
  ['169.254.169.254', 'link'],
  ['fe80::1%eth0', 'link'],
  ['fd00:ec2::254', 'link'],
  ['10.1.1.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['fd12::1', 'private'],
  ['8.8.8.8', 'public'],
  ['2606:4700::1111', 'public'],
])('%s is %s', (address, reach) => {
  expect(addressReach(address)).toBe(reach);
});

test('only literals and localhost tell by their text', () => {
  expect([
    literalReach('example.com'),
    literalReach('LOCALHOST'),
    literalReach('[::1]'),
    literalReach('1.1.1.1'),
  ]).toEqual([undefined, 'loopback', 'loopback', 'public']);
});

describe('isLoopbackRegistry', () => {
  // containerd's own cases of IsLocalhost and MatchLocalhost, in our words.
  test.each([
    ['localhost', true],
    ['localhost:5000', true],
    ['127.0.0.1', true],
    ['127.0.0.1:5000', true],
    ['127.0.0.2:80', true],
    ['[::1]', true],
    ['[::1]:5000', true],
    ['::1', true],
    ['[2000::1]', false],
    ['docker.io', false],
    ['localhost.example.com', false],
    ['127.0.0.1.example.com', false],
    ['LOCALHOST', false],
    ['0.0.0.0:5000', false],
    ['[::]:5000', false],
    ['', false],
  ])('%s: %s', (host, expected) => {
    expect(isLoopbackRegistry(host)).toBe(expected);
  });
});

test.each([
  ['h', 'h', ''],
  ['h:1', 'h', '1'],
  ['[::1]:1', '::1', '1'],
  ['[::1]', '::1', ''],
  ['::1', '::1', ''],
])('splitPort %s', (host, hostname, port) => {
  expect(splitPort(host)).toEqual({ hostname, port });
});
