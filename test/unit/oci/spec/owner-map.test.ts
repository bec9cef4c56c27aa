import { expect, test } from '@jest/globals';
import { formatMappings, hostId, remappedName } from '../../../../src/oci/spec/owner-map.js';

const low = { containerID: 0, hostID: 100_000, size: 1000 };
const high = { containerID: 1000, hostID: 5, size: 1 };

test.each([
  [0, 100_000],
  [999, 100_999],
  [1000, 5],
])('%i becomes %i', (id, found) => {
  expect(hostId(id, [low, high])).toBe(found);
});

test.each([
  [1001, [low, high]],
  [0, []],
  [5, [{ containerID: 1, hostID: 2 ** 32 - 3, size: 100 }]],
  [5, [{ containerID: 1, hostID: 0, size: 2 ** 32 - 1 }]],
])('%i has no place in %j', (id, mappings) => {
  expect(() => hostId(id, mappings)).toThrow(`container ID ${id} cannot be mapped to a host ID`);
});

test('a remapped snapshot has the name that ctr gives it, whatever order the mappings are given in', () => {
  const parent = 'sha256:cd411a163315050722be86c9d15392c85ec1119fb51f4c3ecf317fd4793eea65';
  const gidMappings = [{ containerID: 0, hostID: 200_000, size: 65_536 }];
  const uidMappings = [{ containerID: 0, hostID: 100_000, size: 65_536 }];
  expect(remappedName(parent, { uidMappings, gidMappings })).toBe(
    'sha256:2e0187434f6bb509328a22b50c27cca5eef9a33c9e0380bdf3a7c6d73bb256f5',
  );
  expect(remappedName(parent, { uidMappings: [low, high], gidMappings })).toBe(
    remappedName(parent, { uidMappings: [high, low], gidMappings }),
  );
});

test('mappings are written as they are given on the line', () => {
  expect(formatMappings([low, high])).toBe('0:100000:1000,1000:5:1');
});
