import type { ParsedJson } from './parse-json.js';

/** The Go types that the runtime-spec is made of. */
export type GoType = Scalar | List<GoType> | Dict<GoType> | Struct<Fields>;

/** int, uint and the 64-bit kinds are bigint here, the smaller ones number; `any` is kept as it was parsed. */
export type Scalar = 'string' | 'bool' | SmallInteger | BigInteger | 'any';
export type SmallInteger = 'uint16' | 'int32' | 'uint32';
export type BigInteger = 'int' | 'uint' | 'int64' | 'uint64';

/** A slice of Go's. */
export interface List<T extends GoType> {
  readonly kind: 'list';
  readonly of: T;
}

/** A map of Go's with text keys. */
export interface Dict<T extends GoType> {
  readonly kind: 'dict';
  readonly of: T;
}

/** A struct of Go's, its fields in order. */
export interface Struct<F extends Fields> {
  readonly kind: 'struct';
  readonly fields: F;
}

/** Go's field order is the order of the keys. */
export type Fields = Readonly<Record<string, Field<GoType, Presence>>>;

/**
 * When encoding/json writes a field: `always`; `nonzero` is omitempty of a plain field; `set` is omitempty of a
 * pointer, which writes a zero that was given.
 */
export type Presence = 'always' | 'nonzero' | 'set';

/** A field: its type, and when it is written. */
export interface Field<T extends GoType, P extends Presence> {
  readonly type: T;
  readonly presence: P;
}

/** A slice. */
export function list<const T extends GoType>(of: T): List<T> {
  return { kind: 'list', of };
}

/** A map with string keys. */
export function dict<const T extends GoType>(of: T): Dict<T> {
  return { kind: 'dict', of };
}

/** A struct; its fields are written in this order. */
export function struct<const F extends Fields>(fields: F): Struct<F> {
  return { kind: 'struct', fields };
}

/** A field without omitempty. */
export function always<const T extends GoType>(type: T): Field<T, 'always'> {
  return { type, presence: 'always' };
}

/** A field with omitempty. */
export function nonzero<const T extends GoType>(type: T): Field<T, 'nonzero'> {
  return { type, presence: 'nonzero' };
}

/** A pointer with omitempty. */
export function set<const T extends GoType>(type: T): Field<T, 'set'> {
  return { type, presence: 'set' };
}

/** The TypeScript value of a Go type. */
export type Value<T extends GoType> = T extends 'string'
  ? string
  : T extends 'bool'
    ? boolean
    : T extends SmallInteger
      ? number
      : T extends BigInteger
        ? bigint
        : T extends 'any'
          ? ParsedJson
          : T extends List<infer Of extends GoType>
            ? readonly Value<Of>[]
            : T extends Dict<infer Of extends GoType>
              ? ReadonlyMap<string, Value<Of>>
              : T extends Struct<infer F extends Fields>
                ? StructValue<F>
                : never;

type StructValue<F extends Fields> = {
  readonly [K in keyof F as F[K]['presence'] extends 'always' ? K : never]: Value<F[K]['type']>;
} & {
  readonly [K in keyof F as F[K]['presence'] extends 'always' ? never : K]?: Value<F[K]['type']> | undefined;
};
