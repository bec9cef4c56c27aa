import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CPUUsage } from '../../../src/gen/cgroups/v1/metrics.js';
import { MemoryStat } from '../../../src/gen/cgroups/v2/metrics.js';
import { TaskExit } from '../../../src/gen/events/task.js';
import { ImageCreate } from '../../../src/gen/events/image.js';
import { Any } from '../../../src/gen/google/protobuf/any.js';
import { Timestamp } from '../../../src/gen/google/protobuf/timestamp.js';
import {
  ContentDefinition,
  ReadContentResponse,
  WriteAction,
  WriteContentRequest,
} from '../../../src/gen/services/content/v1/content.js';
import { DeleteImageRequest, Image, UpdateImageRequest } from '../../../src/gen/services/images/v1/images.js';
import { Kind, Info } from '../../../src/gen/services/snapshots/v1/snapshots.js';
import { Descriptor } from '../../../src/gen/types/descriptor.js';

/** Hex, with spaces and bars to tell the parts. */
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(/[ |]/g, ''), 'hex'));
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');
const empty = new Uint8Array();

describe('bytes worked out by hand', () => {
  test('WriteContentRequest', () => {
    const request: WriteContentRequest = {
      action: WriteAction.COMMIT,
      ref: 'r1',
      total: 300n,
      expected: 'd',
      offset: 5n,
      data: bytes('00 ff'),
      labels: new Map([['k', 'v']]),
    };
    const golden = '08 02 | 12 02 7231 | 18 ac02 | 22 01 64 | 28 05 | 32 02 00ff | 3a 06 0a016b 120176';
    const wire = bytes(golden);
    expect(hex(WriteContentRequest.encode(request).finish())).toBe(hex(wire));
    expect(WriteContentRequest.decode(wire)).toEqual(request);
  });

  test("Go's zero time", () => {
    const zero: Timestamp = { seconds: -62135596800n, nanos: 0 };
    const wire = bytes('08 8092b8c398feffffff01');
    expect(hex(Timestamp.encode(zero).finish())).toBe(hex(wire));
    expect(Timestamp.decode(wire)).toEqual(zero);
  });

  test('the largest uint64', () => {
    const stat: MemoryStat = { ...MemoryStat.decode(empty), anon: 2n ** 64n - 1n };
    const wire = bytes('08 ffffffffffffffffff01');
    expect(hex(MemoryStat.encode(stat).finish())).toBe(hex(wire));
    expect(MemoryStat.decode(wire)).toEqual(stat);
  });

  test('zero values take no bytes, an absent message and an empty one differ', () => {
    expect(WriteContentRequest.encode(WriteContentRequest.decode(empty)).finish()).toHaveLength(0);
    const absent: DeleteImageRequest = { name: '', sync: false };
    expect(DeleteImageRequest.encode(absent).finish()).toHaveLength(0);
    const present: DeleteImageRequest = { ...absent, target: Descriptor.decode(empty) };
    expect(hex(DeleteImageRequest.encode(present).finish())).toBe('1a00');
    expect(DeleteImageRequest.decode(bytes('1a 00')).target).toEqual(Descriptor.decode(empty));
    expect(DeleteImageRequest.decode(empty).target).toBeUndefined();
  });

  test('a field mask is a list of paths', () => {
    const wire = bytes('12 08 0a06 6c6162656c73');
    expect(UpdateImageRequest.decode(wire).updateMask).toEqual(['labels']);
    expect(hex(UpdateImageRequest.encode(UpdateImageRequest.decode(wire)).finish())).toBe(hex(wire));
  });
});

describe('64-bit integers', () => {
  test('outside their range are refused, not wrapped', () => {
    const over = { ...MemoryStat.decode(empty), anon: 2n ** 64n };
    expect(() => MemoryStat.encode(over)).toThrow();
    expect(() => MemoryStat.encode({ ...over, anon: -1n })).toThrow();
    expect(() => Timestamp.encode({ seconds: 2n ** 63n, nanos: 0 })).toThrow();
  });

  test('survive a round trip', () => {
    const time = fc.record({ seconds: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), nanos: fc.nat(999_999_999) });
    fc.assert(fc.property(time, (t) => expect(Timestamp.decode(Timestamp.encode(t).finish())).toEqual(t)));
  });
});

describe('maps', () => {
  test('keep keys that an object would not', () => {
    const labels = new Map([
      ['__proto__', 'p'],
      ['constructor', 'c'],
      ['', ''],
    ]);
    const decoded = Image.decode(Image.encode({ ...Image.decode(empty), labels }).finish());
    expect(decoded.labels).toEqual(labels);
    expect(decoded.labels).toBeInstanceOf(Map);
  });

  test('take the last of two entries with one key, and absent keys and values as empty', () => {
    const wire = bytes('12 06 0a016b 120161 | 12 06 0a016b 120162 | 12 00');
    expect([...Image.decode(wire).labels]).toEqual([
      ['k', 'b'],
      ['', ''],
    ]);
  });

  test('survive a round trip', () => {
    const entries = fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })));
    fc.assert(
      fc.property(entries, (pairs) => {
        const labels = new Map(pairs);
        const decoded = Image.decode(Image.encode({ ...Image.decode(empty), labels }).finish());
        expect([...decoded.labels]).toEqual([...labels]);
      }),
    );
  });
});

describe('repeated numbers', () => {
  test.each([
    ['packed', '22 03 01 ac02'],
    ['one by one', '20 01 20 ac02'],
    ['both', '22 01 01 20 ac02'],
  ])('%s', (_, wire) => {
    expect(CPUUsage.decode(bytes(wire)).perCpu).toEqual([1n, 300n]);
  });
});

describe('what this API does not know', () => {
  test.each([
    ['a varint', 'a8 06 ffffffffffffffffff01'],
    ['64 bits', 'a9 06 0102030405060708'],
    ['a string', 'aa 06 03 616263'],
    ['a group in a group', 'ab 06 | 0b 08 01 0c | 12 01 00 | ac 06'],
    ['32 bits', 'ad 06 01020304'],
    ['a known number with another wire type', '08 07'],
  ])('%s is skipped', (_, unknown) => {
    const wire = bytes(`${unknown} 12 04 6e616d65 ${unknown}`.replace(/ 12 04/, ' 0a 04'));
    expect(Image.decode(wire)).toEqual({ ...Image.decode(empty), name: 'name' });
  });

  test('an enum keeps its number', () => {
    expect(Info.decode(bytes('18 09')).kind).toBe(9);
    expect(Kind[Kind.COMMITTED]).toBe('COMMITTED');
  });
});

describe('hostile bytes throw', () => {
  test.each([
    ['nothing after a tag', '08'],
    ['a varint that does not end', '08 ff'],
    ['a varint of eleven bytes', '08 ffffffffffffffffffffff'],
    ['a string beyond the end', '0a 05 6162'],
    ['a message beyond the end', '1a 7f 0a 01 61'],
    ['a length near 4 GiB', '0a ffffffff0f 61'],
    ['a group that does not end', '7b 08 01'],
    ['a wire type that does not exist', '7e 00'],
  ])('%s', (_, wire) => {
    expect(() => Image.decode(bytes(wire))).toThrow();
  });

  test('ten thousand groups in each other', () => {
    expect(() => Image.decode(new Uint8Array(10_000).fill(0x7b))).toThrow(/depth/);
  });

  test('any bytes either decode or throw an Error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (wire) => {
        try {
          expect(Image.decode(wire).labels).toBeInstanceOf(Map);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});

test('bytes decode to a view into the message, without a copy', () => {
  const wire = ReadContentResponse.encode({ offset: 1n, data: new Uint8Array(1 << 16).fill(7) }).finish();
  const { data } = ReadContentResponse.decode(wire);
  expect(data).toHaveLength(1 << 16);
  expect(data.buffer).toBe(wire.buffer);
});

describe('names', () => {
  test('a codec knows its type URL', () => {
    expect(TaskExit.$type).toBe('containerd.events.TaskExit');
    expect(ImageCreate.$type).toBe('containerd.services.images.v1.ImageCreate');
    expect(Any.$type).toBe('google.protobuf.Any');
  });

  test('a method knows its name and what streams', () => {
    expect(ContentDefinition.fullName).toBe('containerd.services.content.v1.Content');
    expect(ContentDefinition.methods.read).toMatchObject({
      name: 'Read',
      requestStream: false,
      responseStream: true,
    });
    expect(ContentDefinition.methods.write).toMatchObject({
      name: 'Write',
      requestStream: true,
      responseStream: true,
    });
    expect(ContentDefinition.methods.write.requestType).toBe(WriteContentRequest);
  });
});
