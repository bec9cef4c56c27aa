import { expect, test } from '@jest/globals';
import { containerLabels } from '../../../../src/oci/spec/labels.js';

const none = new Map<string, string>();

test('the flags win over the image record, that over the image config; the stop signal is always there', () => {
  const { labels, skipped } = containerLabels({
    imageConfig: new Map([
      ['a', '1'],
      ['b', '1'],
      ['c', '1'],
    ]),
    image: new Map([
      ['b', '2'],
      ['c', '2'],
    ]),
    flags: new Map([['c', '3']]),
    stopSignal: 'SIGQUIT',
  });
  expect([...labels]).toEqual([
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
    ['io.containerd.image.config.stop-signal', 'SIGQUIT'],
  ]);
  expect(skipped).toEqual([]);
});

test('no stop signal is SIGTERM, and no image and no flag can choose it by label', () => {
  const chosen = new Map([['io.containerd.image.config.stop-signal', 'SIGKILL']]);
  const { labels } = containerLabels({ imageConfig: chosen, image: chosen, flags: chosen, stopSignal: '' });
  expect(labels).toEqual(new Map([['io.containerd.image.config.stop-signal', 'SIGTERM']]));
});

test.each([
  ['containerd.io/restart.status', 'reserved'],
  ['containerd.io/', 'reserved'],
  ['io.cri-containerd.kind', 'reserved'],
  ['io.cri-containerdx', 'reserved'],
  ['k'.repeat(4096), 'too long'],
  ['é'.repeat(2048), 'too long'],
])('an image config must not set %.40s', (key, reason) => {
  const sources = { image: none, flags: none, stopSignal: '' };
  const { labels, skipped } = containerLabels({ ...sources, imageConfig: new Map([[key, 'v']]) });
  expect(labels.has(key)).toBe(false);
  expect(skipped).toEqual([{ key, reason }]);
});

test.each(['containerd.io', 'my.containerd.io/x', 'io.containerd.image', 'k'.repeat(4095)])(
  'an image config may set %.40s',
  (key) => {
    const sources = { image: none, flags: none, stopSignal: '' };
    expect(containerLabels({ ...sources, imageConfig: new Map([[key, 'v']]) }).labels.get(key)).toBe('v');
  },
);

test('the image record may carry reserved labels: only this host writes it', () => {
  const image = new Map([
    ['containerd.io/x', '1'],
    ['long', 'v'.repeat(4096)],
  ]);
  const { labels, skipped } = containerLabels({ imageConfig: none, image, flags: none, stopSignal: '' });
  expect(labels.get('containerd.io/x')).toBe('1');
  expect(skipped).toEqual([{ key: 'long', reason: 'too long' }]);
});

test('keys named like object members survive', () => {
  const imageConfig = new Map([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
  const { labels } = containerLabels({ imageConfig, image: none, flags: none, stopSignal: '' });
  expect([...labels.keys()].slice(0, 2)).toEqual(['__proto__', 'constructor']);
});
