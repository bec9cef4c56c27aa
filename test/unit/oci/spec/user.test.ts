import { describe, expect, test } from '@jest/globals';
import {
  resolveContainerUser,
  userFilesNeeded,
  type UserFile,
  type UserSources,
} from '../../../../src/oci/spec/user.js';

const passwd = `root:x:0:0:root:/root:/bin/sh
bob
  alice:x:1000:1000::/home/alice:/bin/sh

broken:x:abc:1:::
huge:x:4294967296:1:::
minus:x:-1:1:::
nogid:x:1500:gid:::
max:x:2147483647:2147483647:::
alice:x:7:7:the second alice::
other:x:1000:55:::
`;
const group = `root:x:0:
# wheel:x:66:alice
wheel:x:10:root,alice
alice:x:1000:alice
staff:x:50:alice,max
bad:x:abc:victim
big:x:2147483648:victim2
short:x
`;

const files = new Map<UserFile, Uint8Array>([
  ['/etc/passwd', Buffer.from(passwd)],
  ['/etc/group', Buffer.from(group)],
]);

const ids = (sources: UserSources, from = files): unknown => {
  const user = resolveContainerUser(sources, from);
  return user && [user.uid, user.gid, user.additionalGids];
};

describe('--user', () => {
  test.each<[string, unknown]>([
    ['alice', [1000, 1000, [1000, 10, 50]]],
    ['1000', [1000, 1000, [1000, 10, 50]]],
    ['root', [0, 0, [0, 10]]],
    ['0', [0, 0, [0, 10]]],
    ['1234', [1234, 0, [0]]],
    ['1000:1000', [1000, 1000, [1000]]],
    ['0:5', [0, 5, [5]]],
    ['alice:wheel', [1000, 10, [10]]],
    ['alice:7', [1000, 7, [7]]],
    ['1000:wheel', [1000, 10, [10]]],
    ['max', [2147483647, 2147483647, [2147483647, 50]]],
    ['2147483647', [2147483647, 2147483647, [2147483647, 50]]],
  ])('%s', (flag, expected) => {
    expect(ids({ image: '', flag })).toEqual(expected);
    expect(ids({ image: undefined, flag })).toEqual(expected);
  });
});

describe('an image with USER', () => {
  test.each<[string, unknown]>([
    ['', [0, 0, [0, 10]]],
    ['alice', [1000, 1000, [1000, 10, 50]]],
    ['1000:1000', [1000, 1000, [1000, 10, 50]]],
    ['alice:wheel', [1000, 10, [10, 50]]],
    ['1234:5', [1234, 5, [5]]],
  ])('%j', (image, expected) => {
    expect(ids({ image })).toEqual(expected);
  });

  test('is overruled by --user, but has to be there unless that is uid:gid', () => {
    expect(ids({ image: 'alice', flag: '0' })).toEqual([0, 0, [0, 10]]);
    expect(ids({ image: 'nobody', flag: '5:5' })).toEqual([5, 5, [5]]);
    expect(() => ids({ image: 'nobody', flag: '5' })).toThrow('no users found');
  });
});

test('neither image nor --user: the spec keeps its root', () => {
  expect(resolveContainerUser({}, new Map())).toBeUndefined();
});

describe('nothing malformed is taken for root', () => {
  test.each<[string, string, string]>([
    ['nobody', 'not found', 'no users found'],
    ['alice:nogroup', 'not found', 'no groups found'],
    ['bob', 'failed precondition', `the image's /etc/passwd is malformed: "bob" has no id`],
    ['broken', 'failed precondition', `the image's /etc/passwd is malformed: "broken" has the id "abc"`],
    ['huge', 'failed precondition', `the image's /etc/passwd is malformed: "huge" has the id "4294967296"`],
    ['minus', 'failed precondition', `the image's /etc/passwd is malformed: "minus" has the id "-1"`],
    ['nogid', 'failed precondition', `the image's /etc/passwd is malformed: "nogid" has the id "gid"`],
    ['1500', 'failed precondition', `the image's /etc/passwd is malformed: "nogid" has the id "gid"`],
    ['root:bad', 'failed precondition', `the image's /etc/group is malformed: "bad" has the id "abc"`],
    ['root:short', 'failed precondition', `the image's /etc/group is malformed: "short" has no id`],
    ['1:2:3', 'invalid argument', 'invalid USER value 1:2:3'],
    ['-1', 'invalid argument', 'invalid USER value "-1": uid out of range'],
    ['2147483648', 'invalid argument', 'invalid USER value "2147483648": uid out of range'],
    ['4294967296', 'invalid argument', 'invalid USER value "4294967296": uid out of range'],
    [
      '99999999999999999999',
      'invalid argument',
      'invalid USER value "99999999999999999999": uid out of range',
    ],
    ['1:2147483648', 'invalid argument', 'invalid USER value "1:2147483648": gid out of range'],
    ['1:-1', 'invalid argument', 'invalid USER value "1:-1": gid out of range'],
    [':', 'invalid argument', 'invalid USER value :'],
    [':1000', 'invalid argument', 'invalid USER value :1000'],
    ['1000:', 'invalid argument', 'invalid USER value 1000:'],
    ['0x0', 'not found', 'no users found'],
    ['+0', 'not found', 'no users found'],
    ['0e0', 'not found', 'no users found'],
    [' 0', 'not found', 'no users found'],
    ['１', 'not found', 'no users found'],
  ])('USER %s', (user, kind, message) => {
    expect(() => ids({ image: user })).toThrow(expect.objectContaining({ kind, message }));
    expect(() => ids({ flag: user })).toThrow(expect.objectContaining({ kind, message }));
  });

  test.each(['victim', 'victim2'])('a group of %s without usable id', (name) => {
    const own = new Map(files).set('/etc/passwd', Buffer.from(`${name}:x:5:5`));
    expect(() => ids({ image: name }, own)).toThrow(expect.objectContaining({ kind: 'failed precondition' }));
  });

  test("a malformed line is nobody's: uid 0 is root, not bob", () => {
    const own = new Map(files).set('/etc/passwd', Buffer.from('bob\nroot:x:0:3\n'));
    expect(ids({ image: '0' }, own)).toEqual([0, 3, [3, 10]]);
  });

  test('a line over 1 MiB', () => {
    const own = new Map(files).set('/etc/passwd', Buffer.from(`a${'x'.repeat(1 << 20)}:x:0:0\nroot:x:0:0`));
    expect(() => ids({ image: 'root' }, own)).toThrow(
      /^the image's \/etc\/\w+ is malformed: a line exceeds \d+ bytes$/,
    );
  });
});

describe('files', () => {
  test.each<[UserSources, string[]]>([
    [{ flag: '1000:1000' }, []],
    [{ image: 'alice', flag: '1000:1000' }, []],
    [{ image: '', flag: '1000:1000' }, []],
    [{}, []],
    [{ image: '' }, ['/etc/passwd', '/etc/group']],
    [{ image: 'alice' }, ['/etc/passwd', '/etc/group']],
    [{ image: '1:1' }, ['/etc/passwd', '/etc/group']],
    [{ image: '', flag: 'alice' }, ['/etc/passwd', '/etc/group']],
    [{ image: '', flag: '5' }, ['/etc/passwd', '/etc/group']],
    [{ image: '', flag: '5:wheel' }, ['/etc/passwd', '/etc/group']],
    [{ flag: 'alice:5' }, ['/etc/passwd', '/etc/group']],
  ])('%j needs %j', (sources, needed) => {
    expect([...userFilesNeeded(sources)]).toEqual(needed);
  });

  test('a file that is not there', () => {
    const none = new Map<UserFile, Uint8Array>();
    expect(ids({ image: '' }, none)).toEqual([0, 0, [0]]);
    expect(ids({ image: '7' }, none)).toEqual([7, 0, [0]]);
    expect(() => ids({ image: 'alice' }, none)).toThrow('open /etc/passwd: no such file or directory');
    expect(() => ids({ image: '0:wheel' }, none)).toThrow('open /etc/group: no such file or directory');
  });
});
