/** A call as the daemon saw it. */
export interface Call {
  /** `Images.Get`. */
  readonly name: string;
  readonly namespace: string | undefined;
  readonly lease: string | undefined;
  readonly headers: ReadonlyMap<string, string>;
  /** The message, the first one of a stream. */
  readonly request: unknown;
  /** Every message of a stream of requests. */
  readonly requests: readonly unknown[];
  /** How it ended: `OK`, a status's name, `cancelled`; undefined while it goes on. */
  readonly ended: string | undefined;
}

/** What tests ask of the calls made. */
export class CallLog {
  readonly all: Call[] = [];

  /** Names in the order of arrival, without what every command asks on the side. */
  names(): readonly string[] {
    return this.all.map(({ name }) => name).filter((name) => name !== 'Introspection.Server');
  }

  /** All calls of one method. */
  of(name: string): readonly Call[] {
    return this.all.filter((call) => call.name === name);
  }

  /** The only call of one method. @throws Error when there is none or more. */
  only(name: string): Call {
    const [call, ...more] = this.of(name);
    if (!call || more.length > 0)
      throw new Error(`${name} was called ${more.length + (call ? 1 : 0)} times: ${this.names().join(' ')}`);
    return call;
  }

  clear(): void {
    this.all.length = 0;
  }
}
