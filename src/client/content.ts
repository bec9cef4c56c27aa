import {
  ContentDefinition as service,
  type Info as WireInfo,
  type Status,
  type WriteContentResponse,
} from '../gen/services/content/v1/content.js';
import type { Timestamp } from '../gen/google/protobuf/timestamp.js';
import { parseDigest, type Digest } from '../oci/digest.js';
import type { CallOptions, Caller } from './call.js';
import { ContentWriter } from './content-writer.js';

export type { Status };

/** What the content store knows of a blob. */
export interface ContentInfo {
  readonly digest: Digest;
  /** Bytes. */
  readonly size: bigint;
  readonly labels: ReadonlyMap<string, string>;
  readonly createdAt?: Timestamp;
  readonly updatedAt?: Timestamp;
}

/**
 * Bytes that the daemon sends in one message. A stream of one message is a plain answer on the wire, and as
 * such costs grpc-js a good deal less.
 */
const oneMessage = 1024n * 1024n;

/** Content.Write with requests that {@link ContentWriter} encodes itself: their bytes are not copied once more. */
const encodedWrite = {
  ...service.methods.write,
  requestType: {
    encode: (bytes: Uint8Array) => ({ finish: () => bytes }),
    decode: (bytes: Uint8Array) => bytes,
  },
};

/** containerd.services.content.v1.Content. */
export class Content {
  constructor(private readonly caller: Caller) {}

  /** Content.Info. @throws ContainerdError 'not found'. */
  async info(digest: Digest, options?: CallOptions): Promise<ContentInfo> {
    return toInfo((await this.caller.unary(service, service.methods.info, { digest }, options)).info);
  }

  /** Content.Update of the named labels. */
  async update(
    digest: Digest,
    labels: ReadonlyMap<string, string>,
    fields: readonly string[],
    options?: CallOptions,
  ): Promise<ContentInfo> {
    const info: WireInfo = { digest, size: 0n, createdAt: undefined, updatedAt: undefined, labels };
    const request = { info, updateMask: fields.length > 0 ? fields : undefined };
    return toInfo((await this.caller.unary(service, service.methods.update, request, options)).info);
  }

  /** Content.List. */
  async *list(filters: readonly string[] = [], options?: CallOptions): AsyncGenerator<ContentInfo> {
    for await (const { info } of this.caller.stream(service, service.methods.list, { filters }, options)) {
      for (const entry of info) yield toInfo(entry);
    }
  }

  /** Content.Delete. @throws ContainerdError 'not found'. */
  async delete(digest: Digest, options?: CallOptions): Promise<void> {
    await this.caller.unary(service, service.methods.delete, { digest }, options);
  }

  /** Content.Read as a stream of the daemon's chunks, of `size` bytes at most. @throws ContainerdError 'not found'. */
  async *read(
    digest: Digest,
    options: CallOptions & { readonly offset?: bigint; readonly size?: bigint } = {},
  ): AsyncGenerator<Uint8Array> {
    const request = { digest, offset: options.offset ?? 0n, size: options.size ?? 0n };
    for await (const { data } of this.caller.stream(service, service.methods.read, request, options))
      yield data;
  }

  /**
   * A whole small blob, such as a manifest (Content.Read).
   * @param size its bytes as its descriptor says, where there is one: it saves time.
   * @throws ContainerdError 'not found'.
   */
  async readAll(
    digest: Digest,
    { size = 0n, ...options }: CallOptions & { readonly size?: bigint } = {},
  ): Promise<Uint8Array> {
    if (size > 0n && size <= oneMessage) {
      const request = { digest, offset: 0n, size: 0n };
      return (await this.caller.unary(service, service.methods.read, request, options)).data;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.read(digest, options)) chunks.push(chunk);
    return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
  }

  /** Content.Status of an ingest. @throws ContainerdError 'not found'. */
  async status(ref: string, options?: CallOptions): Promise<Status | undefined> {
    return (await this.caller.unary(service, service.methods.status, { ref }, options)).status;
  }

  /** Content.ListStatuses: the active ingests. */
  async statuses(filters: readonly string[] = [], options?: CallOptions): Promise<readonly Status[]> {
    return (await this.caller.unary(service, service.methods.listStatuses, { filters }, options)).statuses;
  }

  /** Content.Abort: drops an ingest and its bytes. @throws ContainerdError 'not found'. */
  async abort(ref: string, options?: CallOptions): Promise<void> {
    await this.caller.unary(service, service.methods.abort, { ref }, options);
  }

  /**
   * Content.Write: opens or resumes the ingest `ref`; the writer tells the offset to go on from.
   * @throws ContainerdError 'already exists' when the blob is there, 'unavailable' when the ref is locked.
   */
  async writer(
    ref: string,
    blob: { readonly digest?: Digest; readonly size: bigint },
    options?: CallOptions,
  ): Promise<ContentWriter> {
    const duplex = this.caller.duplex<Uint8Array, WriteContentResponse>(service, encodedWrite, options);
    return ContentWriter.open(duplex, ref, blob);
  }
}

function toInfo(wire: WireInfo | undefined): ContentInfo {
  return {
    digest: parseDigest(wire?.digest ?? ''),
    size: wire?.size ?? 0n,
    labels: wire?.labels ?? new Map(),
    ...(wire?.createdAt ? { createdAt: wire.createdAt } : {}),
    ...(wire?.updatedAt ? { updatedAt: wire.updatedAt } : {}),
  };
}
