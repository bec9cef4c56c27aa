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
  ['content-type', 'text/plain', 'content-type: text/plain'],
  ['Authorization', 'Bearer secret', 'Authorization: Bearer REDACTED'],
  ['authorization', 'Basic c2VjcmV0', 'authorization: Basic REDACTED'],
  ['authorization', 'secret', 'authorization: REDACTED'],
  ['proxy-authorization', 'Basic x', 'proxy-authorization: REDACTED'],
  ['set-cookie', 'sid=secret', 'set-cookie: REDACTED'],
  ['x-api-key', 'secret', 'x-api-key: REDACTED'],
  ['location', '/blob?sig=secret', 'location: https://registry.test/blob?sig=REDACTED'],
  ['location', 'https://[', 'location: REDACTED'],
])('%s: %s', (name, value, expected) => {
  expect(redactHeader(name, value, base)).toBe(expected);
});
