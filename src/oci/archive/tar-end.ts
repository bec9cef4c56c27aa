import { tarBlock } from './tar-header.js';

/** No archive holds more; what claims it is refused by whoever reads it. */
const maxSize = 2n ** 53n;

/** Bytes of PAX records that are looked at for a size. */
const maxRecords = 1024n * 1024n;

/**
 * Follows an archive as it passes by, to know when all of it is there: the daemon that sends one does not say so, and
 * an archive may come without its end mark. Sizes are understood in octal, in base 256 and in PAX records.
 */
export class TarEnd {
  private held = Buffer.alloc(0);
  private skip = 0n;
  private zeros = 0;
  private records: bigint | undefined;
  private paxSize: bigint | undefined;

  /** Whether the two zero blocks at the end have passed. */
  get reached(): boolean {
    return this.zeros >= 2;
  }

  /** Whether a member has just ended, or the archive has not begun. */
  get atBoundary(): boolean {
    return this.skip === 0n && this.held.length === 0 && this.zeros === 0 && !this.inRecords;
  }

  private get inRecords(): boolean {
    return this.records !== undefined || this.paxSize !== undefined;
  }

  /** Takes the next bytes. */
  push(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.length > 0 && !this.reached) {
      if (this.skip > 0n) {
        const size = this.skip < BigInt(rest.length) ? Number(this.skip) : rest.length;
        this.skip -= BigInt(size);
        rest = rest.subarray(size);
        continue;
      }
      const wanted = this.records === undefined ? tarBlock : padded(this.records);
      const part = rest.subarray(0, wanted - this.held.length);
      this.held = Buffer.concat([this.held, part]);
      rest = rest.subarray(part.length);
      if (this.held.length === wanted) this.block();
    }
  }

  private block(): void {
    const block = this.held;
    this.held = Buffer.alloc(0);
    if (this.records !== undefined) {
      const size = /(?:^|\n)\d+ size=(\d+)\n/.exec(block.toString('latin1', 0, Number(this.records)))?.[1];
      this.paxSize = size === undefined ? undefined : BigInt(size);
      this.records = undefined;
      return;
    }
    if (block.every((byte) => byte === 0)) {
      this.zeros++;
      return;
    }
    this.zeros = 0;
    const size = sizeField(block.subarray(124, 136));
    if (block[156] === 0x78 && size > 0n && size <= maxRecords) this.records = size;
    else {
      this.skip = BigInt(padded(this.paxSize ?? size));
      this.paxSize = undefined;
    }
  }
}

function sizeField(field: Buffer): bigint {
  if (((field[0] ?? 0) & 0x80) === 0) {
    return BigInt(`0o${field.toString('ascii').replaceAll(/[^0-7]/g, '') || '0'}`);
  }
  const size = field[0] === 0x80 ? BigInt(`0x${field.subarray(1).toString('hex')}`) : 0n;
  return size > maxSize ? 0n : size;
}

function padded(size: bigint): number {
  const block = BigInt(tarBlock);
  return Number(((size + block - 1n) / block) * block);
}
