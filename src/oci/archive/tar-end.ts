import { tarBlock } from './tar-header.js';

/**
 * Follows an archive as it passes by, to know when all of it is there: the daemon that sends one does not say so.
 * It understands what Go's archive/tar writes, PAX sizes included.
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
    const size = BigInt(`0o${block.toString('ascii', 124, 135).replaceAll(/[^0-7]/g, '') || '0'}`);
    if (block[156] === 0x78) this.records = size;
    else {
      this.skip = BigInt(padded(this.paxSize ?? size));
      this.paxSize = undefined;
    }
  }
}

function padded(size: bigint): number {
  const block = BigInt(tarBlock);
  return Number(((size + block - 1n) / block) * block);
}
