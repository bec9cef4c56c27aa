/** A file or folder of an archive that tctr writes: owned by root, from 1970. */
export interface TarEntry {
  readonly name: string;
  /** Bytes; 0 for a folder. */
  readonly size: bigint;
  readonly mode: number;
  readonly type: 'file' | 'folder';
}

/** Archives are made of blocks of this many bytes. */
export const tarBlock = 512;

/** What stands behind the last entry. */
export const tarEnd: Uint8Array = new Uint8Array(2 * tarBlock);

const nameLength = 100;
const maxOctalSize = 8n ** 11n - 1n;

/**
 * The blocks before an entry's bytes: as Go's archive/tar writes them, byte for byte, so that an archive of tctr's
 * is the same as ctr's. What does not fit USTAR's fields goes into a PAX record before.
 */
export function tarHeader(entry: TarEntry): Uint8Array {
  const { name, size, mode, type } = entry;
  const split = splitName(name);
  const records = [
    ...(split ? [] : [paxRecord('path', name)]),
    ...(size > maxOctalSize ? [paxRecord('size', String(size))] : []),
  ].join('');
  const block = header({
    name: split?.name ?? name,
    prefix: split?.prefix ?? '',
    size: size > maxOctalSize ? 0n : size,
    mode,
    type: type === 'folder' ? '5' : '0',
    devices: true,
  });
  if (records === '') return block;
  const body = Buffer.from(records);
  const slash = name.lastIndexOf('/') + 1;
  const before = header({
    name: `${name.slice(0, slash)}PaxHeaders.0/${name.slice(slash)}`,
    prefix: '',
    size: BigInt(body.length),
    mode: 0,
    type: 'x',
    devices: false,
  });
  return Buffer.concat([before, body, tarPadding(BigInt(body.length)), block]);
}

/** The zeros behind an entry of this size, up to the next block. */
export function tarPadding(size: bigint): Uint8Array {
  return new Uint8Array(Number(-size & BigInt(tarBlock - 1)));
}

interface HeaderFields {
  readonly name: string;
  readonly prefix: string;
  readonly size: bigint;
  readonly mode: number;
  readonly type: string;
  readonly devices: boolean;
}

function header({ name, prefix, size, mode, type, devices }: HeaderFields): Buffer {
  const block = Buffer.alloc(tarBlock);
  const octal = (at: number, length: number, value: bigint): void =>
    void block.write(value.toString(8).padStart(length - 1, '0'), at, 'ascii');
  block.write(name, 0, nameLength, 'utf8');
  octal(100, 8, BigInt(mode));
  octal(108, 8, 0n);
  octal(116, 8, 0n);
  octal(124, 12, size);
  octal(136, 12, 0n);
  block.fill(' ', 148, 156);
  block.write(type, 156, 'ascii');
  block.write('ustar\u000000', 257, 'ascii');
  if (devices) {
    octal(329, 8, 0n);
    octal(337, 8, 0n);
  }
  block.write(prefix, 345, 155, 'utf8');
  const sum = block.reduce((total, byte) => total + byte, 0);
  octal(148, 7, BigInt(sum));
  block[154] = 0;
  return block;
}

/** The name in USTAR's two fields; undefined if it does not fit them. */
function splitName(name: string): { readonly prefix: string; readonly name: string } | undefined {
  if (!/^[\u0001-\u007f]*$/.test(name)) return undefined;
  if (name.length <= nameLength) return { prefix: '', name };
  const slash = name.slice(0, 156).replace(/\/$/, '').lastIndexOf('/');
  const rest = name.slice(slash + 1);
  if (slash <= 0 || rest === '' || rest.length > nameLength) return undefined;
  return { prefix: name.slice(0, slash), name: rest };
}

/** `27 size=…\n`: the number counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const length = Buffer.byteLength(rest);
  const digits = String(length + String(length).length).length;
  return `${length + digits}${rest}`;
}
