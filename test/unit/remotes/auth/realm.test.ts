import { describe, expect, test } from '@jest/globals';
import { checkRealm } from '../../../../src/remotes/auth/realm.js';

const check = (registry: string, realm: string, plainHttp = false, trustedHosts: readonly string[] = []) => {
  try {
    const { mayHaveSecret, publicOnly } = checkRealm(realm, {
      registry: new URL(registry),
      plainHttp,
      trustedHosts,
    });
    return `${mayHaveSecret ? 'secret' : 'anonymous'}${publicOnly ? ', public only' : ''}`;
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^token server \(realm\) not allowed: /, 'refused: ')
      : '';
  }
};

describe('checkRealm', () => {
  test.each([
    // Real pairs.
    ['https://registry-1.docker.io', 'https://auth.docker.io/token', 'secret, public only'],
    ['https://ghcr.io', 'https://ghcr.io/token', 'secret'],
    ['https://registry.gitlab.com', 'https://gitlab.com/jwt/auth', 'secret, public only'],
    ['https://registry.example.co.uk', 'https://auth.example.co.uk/token', 'secret, public only'],
    ['https://harbor.corp:8443', 'https://harbor.corp/service/token', 'secret, public only'],
    ['http://harbor.corp:8080', 'http://harbor.corp:8080/service/token', 'secret'],
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5001/token', 'secret'],
    ['http://127.0.0.1:5000', 'http://localhost:5001/token', 'anonymous'],
    ['https://localhost:5000', 'https://localhost:5001/token', 'secret'],
    ['https://10.0.0.5:5000', 'https://10.0.0.5/token', 'secret'],
    // A stranger may hear that someone asks, never who.
    ['https://registry.example.com', 'https://evil.test/token', 'anonymous, public only'],
    ['https://registry.example.co.uk', 'https://evil.co.uk/token', 'anonymous, public only'],
    ['https://mine.azurecr.io', 'https://evil.azurecr.io/token', 'anonymous, public only'],
    ['https://example.com.evil.test', 'https://example.com/token', 'anonymous, public only'],
    ['https://10.0.0.5:5000', 'https://10.0.0.6/token', 'anonymous'],
    ['https://com', 'https://x.com/token', 'anonymous, public only'],
    // Not into the local network.
    ['https://registry.example.com', 'https://127.0.0.1/token', 'refused: 127.0.0.1 is a loopback address'],
    ['https://registry.example.com', 'https://2130706433/token', 'refused: 127.0.0.1 is a loopback address'],
    ['https://registry.example.com', 'https://0x7f.1/token', 'refused: 127.0.0.1 is a loopback address'],
    ['https://registry.example.com', 'https://localhost/token', 'refused: localhost is a loopback address'],
    [
      'https://registry.example.com',
      'https://x.localhost./token',
      'refused: x.localhost. is a loopback address',
    ],
    [
      'https://registry.example.com',
      'https://169.254.169.254/latest',
      'refused: 169.254.169.254 is a link address',
    ],
    ['https://registry.example.com', 'https://10.1.2.3/token', 'refused: 10.1.2.3 is a private address'],
    ['https://registry.example.com', 'https://[::1]/token', 'refused: [::1] is a loopback address'],
    ['https://registry.example.com', 'https://[fe80::1]/token', 'refused: [fe80::1] is a link address'],
    [
      'https://registry.example.com',
      'https://[::ffff:127.0.0.1]/',
      'refused: [::ffff:7f00:1] is a loopback address',
    ],
    ['https://registry.example.com', 'https://0.0.0.0/token', 'refused: 0.0.0.0 is a loopback address'],
    // Only what is a web address.
    [
      'https://registry.example.com',
      'http://registry.example.com/t',
      'refused: plain http for a registry that speaks https',
    ],
    ['http://registry.example.com', 'http://auth.example.com/t', 'refused: plain http on another host'],
    ['https://registry.example.com', 'file:///etc/passwd', 'refused: unsupported protocol scheme "file"'],
    [
      'https://registry.example.com',
      'ftp://registry.example.com/',
      'refused: unsupported protocol scheme "ftp"',
    ],
    ['https://registry.example.com', 'https://user:pw@registry.example.com/', 'refused: it holds a login'],
    ['https://registry.example.com', '/token', 'refused: not a URL'],
    ['https://registry.example.com', '', 'refused: not a URL'],
    [
      'https://registry.example.com',
      `https://registry.example.com/${'a'.repeat(3000)}`,
      'refused: not a URL',
    ],
  ])('%s sends to %s: %s', (registry, realm, expected) => {
    expect(check(registry, realm)).toBe(expected);
  });

  test('what the user says counts', () => {
    expect(check('http://registry.example.com', 'http://auth.example.com/t', true)).toBe(
      'anonymous, public only',
    );
    expect(check('https://rg.example.com', 'https://api.other.com/t', false, ['api.other.com'])).toBe(
      'secret, public only',
    );
  });
});
