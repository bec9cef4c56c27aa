import { describe, expect, test } from '@jest/globals';
import { findProxy, proxyAuthorization, usesProxy } from '../../../../src/remotes/http/proxy.js';

describe('usesProxy', () => {
  // The rules of Go's httpproxy package, which ctr's users rely on.
  test.each([
    ['https://example.com/', '', true],
    ['https://example.com/', '*', false],
    ['https://example.com/', 'example.com', false],
    ['https://EXAMPLE.com/', 'Example.COM', false],
    ['https://www.example.com/', 'example.com', false],
    ['https://badexample.com/', 'example.com', true],
    ['https://example.com/', '.example.com', true],
    ['https://www.example.com/', '.example.com', false],
    ['https://www.example.com/', '*.example.com', false],
    ['https://example.com/', '*.example.com', true],
    ['https://example.com:8080/', 'example.com:8080', false],
    ['https://example.com:8080/', 'example.com:80', true],
    ['https://example.com/', 'example.com:443', false],
    ['http://example.com/', 'example.com:80', false],
    ['https://example.com/', ' a.test , example.com ', false],
    ['https://10.1.2.3/', '10.0.0.0/8', false],
    ['https://11.1.2.3/', '10.0.0.0/8', true],
    ['https://10.1.2.3/', '10.1.2.3', false],
    ['https://10.1.2.3:9/', '10.1.2.3:8', true],
    ['https://[2001:db8::1]/', '2001:db8::/32', false],
    ['https://[2001:db8::1]/', '[2001:db8::1]', false],
    ['https://ten.test/', '10.0.0.0/8', true],
    ['https://10.1.2.3/', '10.0.0.0/99', true],
    ['https://example.com/', ',,', true],
    ['https://localhost/', '', false],
    ['https://127.0.0.9/', '', false],
    ['https://[::1]:5000/', '', false],
    ['https://localhost.example.com/', '', true],
  ])('%s with NO_PROXY=%j: %s', (url, noProxy, expected) => {
    expect(usesProxy(new URL(url), noProxy)).toBe(expected);
  });
});

describe('findProxy', () => {
  test.each<readonly [string, Record<string, string>, string | undefined]>([
    ['https://x.test/', {}, undefined],
    ['https://x.test/', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1/'],
    ['https://x.test/', { https_proxy: 'p:1' }, 'http://p:1/'],
    ['https://x.test/', { HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:1' }, 'http://a:1/'],
    ['https://x.test/', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['http://x.test/', { HTTP_PROXY: 'https://p:1' }, 'https://p:1/'],
    ['http://x.test/', { HTTP_PROXY: 'http://p:1', REQUEST_METHOD: 'GET' }, undefined],
    ['http://x.test/', { http_proxy: 'http://p:1', no_proxy: 'x.test' }, undefined],
  ])('%s in %j', (url, env, expected) => {
    expect(findProxy(new URL(url), env)?.href).toBe(expected);
  });

  test('an odd proxy is an error that does not show its login', () => {
    const env = { HTTPS_PROXY: 'socks5://user:pw@p:1' };
    expect(() => findProxy(new URL('https://x.test'), env)).toThrow('proxy scheme socks5 is not supported');
  });

  test('a proxy’s login is decoded', () => {
    expect(proxyAuthorization(new URL('http://u%40x:p%3Aw@p'))).toBe(`Basic ${btoa('u@x:p:w')}`);
    expect(proxyAuthorization(new URL('http://p'))).toBeUndefined();
  });
});
