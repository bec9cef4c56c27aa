import { describe, expect, test } from '@jest/globals';
import { parseHostsFile } from '../../../../src/remotes/hosts/hosts-file.js';

const parse = (text: string) => parseHostsFile(text, '/etc/h/hosts.toml', '/etc/h');
const places = (text: string) =>
  parse(text).map(({ server }) =>
    server === undefined ? 'itself' : `${server.scheme}://${server.host}${server.path}`,
  );

describe('parseHostsFile: places', () => {
  test.each<readonly [string, readonly string[]]>([
    ['', ['itself']],
    ['server = "https://up.test"', ['https://up.test/v2']],
    ['server = "up.test:5000"', ['https://up.test:5000/v2']],
    ['server = "http://up.test/"', ['http://up.test/v2']],
    ['server = "https://up.test/v2"', ['https://up.test/v2']],
    ['server = "https://up.test/v2/"', ['https://up.test/v2']],
    ['server = "https://up.test/a/../b"', ['https://up.test/b/v2']],
    ['server = "https://up.test/api"\noverride_path = true', ['https://up.test/api']],
    ['server = "https://up.test"\noverride_path = true', ['https://up.test']],
    ['[host."https://up.test:443"]', ['https://up.test:443/v2', 'itself']],
    [
      '[host."https://b.test"]\n[host."https://a.test"]',
      ['https://b.test/v2', 'https://a.test/v2', 'itself'],
    ],
    [
      'server = "https://up.test"\n[host."http://[::1]:5000"]\n[host."m.test"]\n[host."m.test".header]\nx = "y"',
      ['http://[::1]:5000/v2', 'https://m.test/v2', 'https://up.test/v2'],
    ],
    [
      '[host]\n"https://b.test" = {}\n"https://a.test" = {}',
      ['https://b.test/v2', 'https://a.test/v2', 'itself'],
    ],
  ])('%j', (text, expected) => {
    expect(places(text)).toEqual(expected);
  });
});

describe('parseHostsFile: settings', () => {
  const one = (text: string) => parse(`[host."https://m.test"]\n${text}`)[0];

  test.each<readonly [string, object]>([
    ['capabilities = ["Pull", "resolve"]', { capabilities: new Set(['pull', 'resolve']) }],
    ['capabilities = []', { capabilities: new Set(['pull', 'resolve', 'push', 'referrers']) }],
    ['ca = "ca.crt"', { ca: ['/etc/h/ca.crt'] }],
    ['ca = ["/abs/a.crt", "b.crt"]', { ca: ['/abs/a.crt', '/etc/h/b.crt'] }],
    ['client = "both.pem"', { client: [['/etc/h/both.pem', '']] }],
    [
      'client = ["a.pem", "b.pem"]',
      {
        client: [
          ['/etc/h/a.pem', ''],
          ['/etc/h/b.pem', ''],
        ],
      },
    ],
    ['client = [["c.pem", "k.pem"]]', { client: [['/etc/h/c.pem', '/etc/h/k.pem']] }],
    ['skip_verify = true', { skipVerify: true }],
    ['dial_timeout = "1m30s"', { dialTimeoutMs: 90_000 }],
    ['dial_timeout = "1us"', { dialTimeoutMs: 0.001 }],
    ['dial_timeout = ""', {}],
    [
      'header = { x-a = "1", x-b = ["2", "3"] }',
      {
        headers: [
          ['x-a', '1'],
          ['x-b', '2'],
          ['x-b', '3'],
        ],
      },
    ],
    ['header = { "__proto__" = "1" }', { headers: [['__proto__', '1']] }],
    ['unknown_key = 1', {}],
  ])('%s', (text, expected) => {
    expect(one(text)).toMatchObject(expected);
  });

  test('the root has settings of its own', () => {
    expect(parse('skip_verify = true\n[host."https://m.test"]').map(({ skipVerify }) => skipVerify)).toEqual([
      undefined,
      true,
    ]);
  });
});

describe('parseHostsFile: errors name file and key', () => {
  test.each([
    ['= 1', /^failed to decode \/etc\/h\/hosts\.toml: .*/],
    ['server = 1', 'server: not a string'],
    ['host = 1', 'host: not a table'],
    ['[host]\n"m.test" = 1', 'host."m.test": not a table'],
    ['[host."m.test"]\ncapabilities = ["fly"]', 'host."m.test".capabilities: unknown capability fly'],
    [
      '[host."m.test"]\ncapabilities = ["__proto__"]',
      'host."m.test".capabilities: unknown capability __proto__',
    ],
    ['[host."m.test"]\nca = 1', 'host."m.test".ca: not a string or a list of strings'],
    ['[host."m.test"]\nclient = [["a"]]', 'host."m.test".client: not a pair of files'],
    ['[host."m.test"]\nskip_verify = "yes"', 'host."m.test".skip_verify: not true or false'],
    ['[host."m.test"]\noverride_path = 1', 'host."m.test".override_path: not true or false'],
    ['[host."m.test"]\ndial_timeout = 30', 'host."m.test".dial_timeout: not a duration such as "30s"'],
    ['[host."m.test"]\ndial_timeout = "-1s"', 'host."m.test".dial_timeout: not a duration such as "30s"'],
    ['[host."m.test"]\ndial_timeout = "30"', 'host."m.test".dial_timeout: not a duration such as "30s"'],
    ['[host."m.test".header]\nx = 1', 'host."m.test".header.x: not a string or a list of strings'],
    ['[host."m.test".header]\nx = "a\\r\\nb: c"', 'host."m.test".header.x: not a header value'],
    ['[host."m.test".header]\n"x y" = "a"', 'host."m.test".header.x y: not a header name'],
    ['server = "https://u:p@up.test"', 'server: a URL here cannot hold a user or password'],
    ['server = "httpx://up.test"', 'server: neither http nor https'],
    ['server = "https://"', 'server: not a URL'],
  ])('%j', (text, why) => {
    const message = typeof why === 'string' ? `failed to decode /etc/h/hosts.toml: ${why}` : why;
    expect(() => parse(text)).toThrow(message);
  });
});
