import { WriteContentRequest } from '../gen/services/content/v1/content.js';

/** Bytes of one message: large enough to be fast, far below the limit of 16 MiB. */
const capacity = 1024 * 1024;
/** Room in front for the message's other fields: a ref is of some hundred bytes. */
const headroom = 4096;
/** `data`, the sixth field, in protobuf's length-delimited form. */
const dataTag = (6 << 3) | 2;

/**
 * The data of one WriteContentRequest, gathered where the encoded message will be: its other fields are put in front
 * of them, which protobuf allows in any order, so that nothing is copied again.
 */
export class WriteFrame {
  private readonly memory = Buffer.allocUnsafe(headroom + capacity);
  private filled = 0;

  /** Bytes of data. */
  get size(): number {
    return this.filled;
  }

  get isFull(): boolean {
    return this.filled === capacity;
  }

  /** Takes what there is room for, and tells how many bytes that was. */
  take(data: Uint8Array): number {
    const part = data.length > capacity - this.filled ? data.subarray(0, capacity - this.filled) : data;
    this.memory.set(part, headroom + this.filled);
    this.filled += part.length;
    return part.length;
  }

  /** The message with these data: valid until {@link clear}. */
  encode(message: WriteContentRequest): Uint8Array {
    const writer = WriteContentRequest.encode({ ...message, data: new Uint8Array(0) });
    const fields = writer.uint32(dataTag).uint32(this.filled).finish();
    const data = this.memory.subarray(headroom, headroom + this.filled);
    if (fields.length > headroom) return Buffer.concat([fields, data]);
    this.memory.set(fields, headroom - fields.length);
    return this.memory.subarray(headroom - fields.length, headroom + this.filled);
  }

  clear(): void {
    this.filled = 0;
  }
}
