import { KindError } from '../errors.js';
import { parseUint } from './parse-uint.js';
import type { LinuxSpec, Rlimit } from './types.js';
import { withProcess } from './update.js';

/** Parses a `--rlimit-nofile` value, `soft[:hard]`. @throws KindError 'invalid argument' with ctr's text */
export function parseNofileLimit(text: string): Rlimit {
  const colon = text.indexOf(':');
  const soft = colon === -1 ? text : text.slice(0, colon);
  const hard = colon === -1 ? text : text.slice(colon + 1);
  try {
    return {
      type: 'RLIMIT_NOFILE',
      soft: parseUint(soft, { bits: 64 }),
      hard: parseUint(hard, { bits: 64 }),
    };
  } catch (cause) {
    if (!(cause instanceof KindError)) throw cause;
    const message = `failed to parse rlimit-nofile ${JSON.stringify(text)}: ${cause.message}`;
    throw new KindError('invalid argument', message, { cause });
  }
}

/** Sets a limit, in place of one of the same type. */
export function withRlimit(spec: LinuxSpec, rlimit: Rlimit): LinuxSpec {
  const present = spec.process.rlimits ?? [];
  const place = present.findIndex(({ type }) => type === rlimit.type);
  return withProcess(spec, { rlimits: place === -1 ? [...present, rlimit] : present.with(place, rlimit) });
}
