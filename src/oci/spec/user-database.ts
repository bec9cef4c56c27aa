import { KindError } from '../errors.js';
import { parseId } from './user-spec.js';

/** A line of /etc/passwd. */
export interface PasswdEntry {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Bytes; a longer line is an attack, not a user. */
const maxLine = 1 << 20;

/**
 * Finds the first user with this name.
 * @throws KindError 'failed precondition' if that line has no usable ids: root would be the wrong guess
 */
export function findUserByName(passwd: Uint8Array, name: string): PasswdEntry | undefined {
  for (const fields of entries('passwd', passwd)) {
    if (fields[0] === name) return passwdEntry(fields);
  }
  return undefined;
}

/** Finds the first user with this id; lines without a usable id are nobody's. @throws as {@link findUserByName} */
export function findUserById(passwd: Uint8Array, uid: number): PasswdEntry | undefined {
  for (const fields of entries('passwd', passwd)) {
    if (parseId(fields[2] ?? '') === uid) return passwdEntry(fields);
  }
  return undefined;
}

/** Finds the id of the first group with this name. @throws KindError 'failed precondition' if it has no usable id */
export function findGroupId(group: Uint8Array, name: string): number | undefined {
  for (const fields of groupEntries(group)) {
    if (fields[0] === name) return requireId('group', fields, 2);
  }
  return undefined;
}

/**
 * The ids of the groups that list a user, in the file's order, without the group of the user's own name.
 * @throws KindError 'failed precondition' if one of them has no usable id
 */
export function findSupplementaryGroups(group: Uint8Array, user: string): readonly number[] {
  const ids: number[] = [];
  for (const fields of groupEntries(group)) {
    const members = fields[3]?.split(',') ?? [];
    if (fields[0] !== user && members.includes(user)) ids.push(requireId('group', fields, 2));
  }
  return ids;
}

function passwdEntry(fields: readonly string[]): PasswdEntry {
  const uid = requireId('passwd', fields, 2);
  return { name: fields[0] ?? '', uid, gid: requireId('passwd', fields, 3) };
}

function requireId(file: 'passwd' | 'group', fields: readonly string[], place: number): number {
  const text = fields[place];
  const id = parseId(text ?? '');
  if (id !== undefined) return id;
  const problem = text === undefined ? 'has no id' : `has the id ${JSON.stringify(text.slice(0, 64))}`;
  const name = JSON.stringify((fields[0] ?? '').slice(0, 64));
  throw malformed(file, `${name} ${problem}`);
}

function malformed(file: 'passwd' | 'group', problem: string): KindError {
  return new KindError('failed precondition', `the image's /etc/${file} is malformed: ${problem}`);
}

/** glibc's rule, which containerd follows for groups only: a line may be a comment. */
function* groupEntries(group: Uint8Array): Generator<readonly string[]> {
  for (const fields of entries('group', group)) {
    if (!fields[0]?.startsWith('#')) yield fields;
  }
}

function* entries(name: 'passwd' | 'group', file: Uint8Array): Generator<readonly string[]> {
  const decoder = new TextDecoder();
  for (let start = 0; start < file.length;) {
    const newline = file.indexOf(0x0a, start);
    const end = newline === -1 ? file.length : newline;
    if (end - start > maxLine) throw malformed(name, `a line exceeds ${maxLine} bytes`);
    const line = decoder.decode(file.subarray(start, end)).trim();
    if (line !== '') yield line.split(':');
    start = end + 1;
  }
}
