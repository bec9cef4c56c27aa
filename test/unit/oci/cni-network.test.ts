import { describe, expect, test } from '@jest/globals';
import { decodeCniNetwork, givesResultBack, pluginInput } from '../../../src/oci/cni-network.js';
import { formatJson } from '../../../src/output/json.js';

const list =
  '{"cniVersion":"0.4.0","name":"net","plugins":[{"type":"bridge","mtu":9007199254740993},{"type":"tuning"}]}';

test('a plugin reads its own configuration, the name and version of the network, and the result before', () => {
  const network = decodeCniNetwork(list, '10.conflist');
  const [bridge, tuning] = network.plugins;
  expect(bridge && formatJson(pluginInput(network, bridge, undefined))).toBe(
    '{"cniVersion":"0.4.0","mtu":9007199254740993,"name":"net","type":"bridge"}',
  );
  expect(tuning && formatJson(pluginInput(network, tuning, new Map([['ips', []]])))).toBe(
    '{"cniVersion":"0.4.0","name":"net","prevResult":{"ips":[]},"type":"tuning"}',
  );
});

test('a single plugin is a network of one', () => {
  const { name, plugins } = decodeCniNetwork('{"name":"net","type":"bridge"}', '10.conf');
  expect([name, plugins.map(({ type }) => type)]).toEqual(['net', ['bridge']]);
});

describe('refuses', () => {
  test.each([
    ['', '10.conf', 'unexpected end of JSON input'],
    ['{bad', '10.conf', 'error parsing configuration: invalid character'],
    ['[]', '10.conflist', 'error parsing configuration list: it has to be a JSON object'],
    ['{"type":"bridge"}', '10.conf', 'no name'],
    ['{"name":"../../etc/x","type":"bridge"}', '10.conf', 'invalid characters found in network name'],
    ['{"name":"net"}', '10.conf', 'network type not found in 10.conf'],
    ['{"name":"net","type":"../sh"}', '10.conf', 'invalid plugin name: ../sh'],
    ['{"name":"net"}', '10.conflist', 'CNI config list 10.conflist has no networks'],
    ['{"name":"net","plugins":[]}', '10.conflist', 'has no networks'],
    ['{"name":"net","plugins":{}}', '10.conflist', 'has no networks'],
    ['{"name":"net","plugins":[1]}', '10.conflist', 'network type not found'],
    ['{"name":"net","plugins":[{"type":7}]}', '10.conflist', 'network type not found'],
  ])('%s as %s', (text, file, message) => {
    expect(() => decodeCniNetwork(text, file)).toThrow(message);
  });
});

test.each([
  ['', false],
  ['0.3.1', false],
  ['0.4.0', true],
  ['1.0.0', true],
])('of version %p plugins get the result back to disconnect: %p', (cniVersion, back) => {
  expect(givesResultBack({ name: 'net', cniVersion, plugins: [] })).toBe(back);
});
