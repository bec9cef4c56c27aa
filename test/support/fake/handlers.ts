/** A generated codec, whatever its message. */
interface Codec {
  encode(message: never): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}

/** One method of a generated service definition. */
export interface MethodDefinition {
  readonly name: string;
  readonly requestType: Codec;
  readonly requestStream: boolean;
  readonly responseType: Codec;
  readonly responseStream: boolean;
}

/** A generated service definition. */
export interface ServiceDefinition {
  readonly name: string;
  readonly fullName: string;
  readonly methods: Readonly<Record<string, MethodDefinition>>;
}

/** What a handler knows of its call. */
export interface Context {
  /** Of the header; reading it refuses a call without one, or with a bad one. */
  readonly namespace: string;
  readonly lease: string | undefined;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
}

type Decoded<C> = C extends { decode(bytes: Uint8Array): infer T } ? T : never;

type Handler<M extends MethodDefinition> = M['requestStream'] extends true
  ? (
      requests: AsyncIterable<Decoded<M['requestType']>>,
      context: Context,
    ) => AsyncIterable<Decoded<M['responseType']>>
  : M['responseStream'] extends true
    ? (request: Decoded<M['requestType']>, context: Context) => AsyncIterable<Decoded<M['responseType']>>
    : (
        request: Decoded<M['requestType']>,
        context: Context,
      ) => Decoded<M['responseType']> | Promise<Decoded<M['responseType']>>;

/** The methods that a fake service has; one that is not there answers UNIMPLEMENTED. */
export type Handlers<D extends ServiceDefinition> = {
  readonly [K in keyof D['methods']]?: Handler<D['methods'][K]>;
};

/** A service with its handlers, their types forgotten. */
export interface FakeService {
  readonly definition: ServiceDefinition;
  readonly handlers: Readonly<Record<string, AnyHandler | undefined>>;
}

/** Any of the shapes of {@link Handlers}. */
export type AnyHandler = (request: unknown, context: Context) => unknown;

/** Ties handlers to their service. */
export function service<D extends ServiceDefinition>(definition: D, handlers: Handlers<D>): FakeService {
  return { definition, handlers: handlers as FakeService['handlers'] };
}
