import { expect, test } from '@jest/globals';
import { redactHeader, redactUrl } from '../../../../src/remotes/http/redact.js';

const base = new URL('https://registry.test/v2/');

test.each([
  ['https://h/p', 'https://h/p'],
  ['https://user:pw@h/p#x', 'https://h/p'],
  ['https://h/p?ns=docker.io', 'https://h/p?ns=docker.io'],
  ['https://h/p?X-Amz-Signature=secret&ns=a', 'https://h/p?X-Amz-Signature=REDACTED&ns=a'],
])('%s', (url, expected) => {
  expect(redactUrl(new URL(url))).toBe(expected);
});

test.each([
  ['content-type', 'text/plain', 'Content-Type: text/plain'],
  ['Authorization', 'Bearer secret', 'Authorization: Bearer REDACTED'],
  ['authorization', 'Basic c2VjcmV0', 'Authorization: Basic REDACTED'],
  ['authorization', 'secret', 'Authorization: REDACTED'],
  ['proxy-authorization', 'Basic x', 'Proxy-Authorization: REDACTED'],
  ['set-cookie', 'sid=secret', 'Set-Cookie: REDACTED'],
  ['x-api-key', 'secret', 'X-Api-Key: REDACTED'],
  ['location', '/blob?sig=secret', 'Location: https://registry.test/blob?sig=REDACTED'],
  ['location', 'https://[', 'Location: REDACTED'],
])('%s: %s', (name, value, expected) => {
  expect(redactHeader(name, value, base)).toBe(expected);
});
