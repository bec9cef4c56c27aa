import { describe, expect, test } from '@jest/globals';
import { parseMount, parseTmpfs, parseVolume } from '../../../src/oci/docker-mount.js';

describe('-v', () => {
  test.each([
    ['/a:/b', { source: '/a', destination: '/b', options: ['rbind', 'rprivate'] }],
    ['./a:/b:ro', { source: './a', destination: '/b', options: ['rbind', 'ro', 'rprivate'] }],
    ['/a:/b:rw,rshared,Z', { source: '/a', destination: '/b', options: ['rbind', 'rw', 'rshared'] }],
  ])('%s', (text, mount) => {
    expect(parseVolume(text)).toEqual({ mount: { type: 'bind', ...mount }, createSource: true });
  });

  test.each([
    ['/a', 'anonymous volumes are not supported'],
    ['data:/b', 'named volumes are not supported'],
    ['/a:b', 'mount path must be absolute'],
    [':/b', 'invalid volume specification'],
    ['/a:/b:ro:z', 'invalid volume specification'],
    ['/a:/b:exec', 'invalid mode: exec'],
  ])('%s is refused', (text, why) => {
    expect(() => parseVolume(text)).toThrow(why);
  });
});

describe('--mount', () => {
  test('bind, with every spelling of its keys', () => {
    const mount = { type: 'bind', source: '/a', destination: '/b', options: ['rbind', 'ro', 'rslave'] };
    expect(parseMount('type=bind,src=/a,dst=/b,ro,bind-propagation=rslave')).toEqual({
      mount,
      createSource: false,
    });
    expect(parseMount('type=bind,source=/a,target=/b,readonly=true,bind-propagation=rslave').mount).toEqual(
      mount,
    );
  });

  test('a path with a comma, in quotes as docker wants it', () => {
    expect(parseMount('type=bind,"src=/a,b",dst=/b').mount.source).toBe('/a,b');
  });

  test('tmpfs', () => {
    expect(parseMount('type=tmpfs,dst=/t,tmpfs-size=64m').mount).toEqual({
      type: 'tmpfs',
      source: 'tmpfs',
      destination: '/t',
      options: ['noexec', 'nosuid', 'nodev', 'size=64m'],
    });
  });

  test.each([
    ['src=/a,dst=/b', 'type=volume is not supported'],
    ['type=bind,src=/a', 'target is required'],
    ['type=bind,dst=/b', 'source is required'],
    ['type=bind,src=/a,dst=/b,options=ro', "unexpected key 'options'"],
  ])('%s is refused', (text, why) => {
    expect(() => parseMount(text)).toThrow(why);
  });
});

test('--tmpfs: an option takes back its default', () => {
  expect(parseTmpfs('/t:exec,size=1m').mount.options).toEqual(['nosuid', 'nodev', 'exec', 'size=1m']);
  expect(() => parseTmpfs('t')).toThrow('must be absolute');
});
