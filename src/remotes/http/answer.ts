/** An HTTP answer whose body has not been read. Exactly one of `body`, `readAll`, `discard` must be used. */
export interface Answer {
  readonly status: number;
  /** `404 Not Found`, as Go prints a response's status. */
  readonly statusLine: string;
  readonly headers: Headers;
  /** Where it came from, after redirects. */
  readonly url: URL;
  /** It came by way of another origin than was asked: nothing secret was sent for it. */
  readonly isForeign: boolean;
  /** Ends the exchange when the loop over it is left. Throws NetworkError. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Drops the body; the connection may be used again. */
  discard(): Promise<void>;
}

/** Header fields by lower-case name. */
export class Headers {
  readonly #fields: ReadonlyMap<string, readonly string[]>;

  constructor(fields: Iterable<readonly [string, string | readonly string[] | undefined]>) {
    const map = new Map<string, readonly string[]>();
    for (const [name, value] of fields) {
      if (value === undefined) continue;
      map.set(name.toLowerCase(), typeof value === 'string' ? [value] : value);
    }
    this.#fields = map;
  }

  /** The first field of that name. */
  get(name: string): string | undefined {
    return this.#fields.get(name)?.[0];
  }

  /** All fields of that name. */
  all(name: string): readonly string[] {
    return this.#fields.get(name) ?? [];
  }

  /** Every field, one entry a line. */
  *lines(): Generator<readonly [name: string, value: string]> {
    for (const [name, values] of this.#fields) for (const value of values) yield [name, value];
  }
}

/** A Content-Type without its parameters, lower case; empty if there is none. */
export function mediaTypeOf(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Content-Length as a number of bytes; undefined if there is none that makes sense. */
export function contentLengthOf(headers: Headers): number | undefined {
  const text = headers.get('content-length') ?? '';
  const length = /^\d{1,19}$/.test(text) ? Number(text) : undefined;
  return length;
}

/** Reads a body of at most `limit` bytes; undefined if it is longer. */
export async function readUpTo(answer: Answer, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
