import { KindError } from '../errors.js';

/** A user or a group, by number or by name. */
export type Principal = { readonly id: number } | { readonly name: string };

/** A parsed USER: `user`, `uid`, `user:group`, `uid:gid`, or a mix. */
export interface UserSpec {
  readonly user: Principal;
  readonly group?: Principal;
}

/** runc's limit; more is refused, as it would wrap around to another user. */
export const maxId = 2 ** 31 - 1;

/**
 * Parses a USER (image-spec config.md) or a `--user` value.
 * @throws KindError 'invalid argument' with ctr's text. Unlike ctr an empty user or group is refused, too: it takes
 * `:1000` (the `$UID:$GID` of a build without UID) for root.
 */
export function parseUserSpec(text: string): UserSpec {
  const parts = text.split(':');
  const [user = '', group] = parts;
  if (parts.length > 2 || user === '' || group === '') {
    throw new KindError('invalid argument', `invalid USER value ${text}`);
  }
  const owner = parsePrincipal(user, 'uid', text);
  return group === undefined ? { user: owner } : { user: owner, group: parsePrincipal(group, 'gid', text) };
}

/** Reads a decimal id from 0 to {@link maxId}; undefined for all else. */
export function parseId(text: string): number | undefined {
  if (!/^\d{1,32}$/.test(text)) return undefined;
  const id = Number(text);
  return id <= maxId ? id : undefined;
}

function parsePrincipal(text: string, what: 'uid' | 'gid', whole: string): Principal {
  if (!/^-?\d+$/.test(text)) return { name: text };
  const id = parseId(text);
  if (id !== undefined) return { id };
  throw new KindError(
    'invalid argument',
    `invalid USER value ${JSON.stringify(whole)}: ${what} out of range`,
  );
}
