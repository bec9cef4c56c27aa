import { KindError } from '../errors.js';
import { findGroupId, findSupplementaryGroups, findUserById, findUserByName } from './user-database.js';
import { parseUserSpec, type Principal, type UserSpec } from './user-spec.js';

/** A file of the container's root that users are looked up in. */
export type UserFile = '/etc/passwd' | '/etc/group';

/** Their contents; a file that is not there has no entry. */
export type UserFiles = ReadonlyMap<UserFile, Uint8Array>;

/** Where a container's user comes from. */
export interface UserSources {
  /** USER of the image's config, '' for none; undefined with `--rootfs`. */
  readonly image?: string | undefined;
  /** `--user`. */
  readonly flag?: string | undefined;
}

/** The ids that a container's process gets. */
export interface ContainerUser {
  readonly uid: number;
  readonly gid: number;
  /** Always with the primary gid: a process without it in the list could be shut out by a file's group (CVE-2023-25173). */
  readonly additionalGids: readonly number[];
}

/**
 * The files that {@link resolveContainerUser} reads. An image's passwd is looked at even without a USER: the runtime
 * reads it, too, and would wait for the writer of a FIFO for ever. `--user uid:gid` needs none: the root of a container, which its
 * image's author has filled, is not touched then.
 * @throws KindError 'invalid argument' for a USER that is none
 */
export function userFilesNeeded({ image, flag }: UserSources): ReadonlySet<UserFile> {
  const user = flag ? parseUserSpec(flag) : undefined;
  if (image) parseUserSpec(image);
  if (user !== undefined && isNumeric(user)) return new Set();
  const passwd =
    image !== undefined || (user !== undefined && (user.group === undefined || 'name' in user.user));
  const needed = new Set<UserFile>(passwd ? ['/etc/passwd'] : []);
  return image === undefined && user === undefined ? needed : needed.add('/etc/group');
}

/**
 * Finds out the user of a container as ctr does: the image's USER, then `--user` instead of it.
 * @returns undefined with neither image nor flag: the default spec's root stays without groups
 * @throws KindError 'not found' (`no users found`, `no groups found`), 'invalid argument', 'failed precondition'
 */
export function resolveContainerUser(sources: UserSources, files: UserFiles): ContainerUser | undefined {
  const { image, flag } = sources;
  if (flag) {
    const user = parseUserSpec(flag);
    if (image && !isNumeric(user)) resolveImageUser(image, files);
    return resolveFlagUser(user, flag, files);
  }
  return image === undefined ? undefined : resolveImageUser(image, files);
}

function resolveImageUser(text: string, files: UserFiles): ContainerUser {
  if (text === '') return withGroups({ uid: 0, gid: 0 }, 'root', files);
  const ids = resolveIds(parseUserSpec(text), files);
  const name = nameOf(ids.uid, files);
  return name === undefined ? { ...ids, additionalGids: [ids.gid] } : withGroups(ids, name, files);
}

function resolveFlagUser(spec: UserSpec, text: string, files: UserFiles): ContainerUser {
  const ids = resolveIds(spec, files);
  // ctr: with a group in it the whole text is taken for the user's name, whom no group can list (`--user alice:wheel`).
  if (spec.group !== undefined) return { ...ids, additionalGids: [ids.gid] };
  const name = 'id' in spec.user ? nameOf(spec.user.id, files) : text;
  return name === undefined ? { ...ids, additionalGids: [ids.gid] } : withGroups(ids, name, files);
}

type Ids = Pick<ContainerUser, 'uid' | 'gid'>;

function resolveIds({ user, group }: UserSpec, files: UserFiles): Ids {
  if (group !== undefined) return { uid: resolveUid(user, files), gid: resolveGid(group, files) };
  if ('name' in user) return requireUser(user.name, files);
  const passwd = files.get('/etc/passwd');
  const entry = passwd && findUserById(passwd, user.id);
  return { uid: user.id, gid: entry?.gid ?? 0 };
}

function resolveUid(user: Principal, files: UserFiles): number {
  return 'id' in user ? user.id : requireUser(user.name, files).uid;
}

function resolveGid(group: Principal, files: UserFiles): number {
  if ('id' in group) return group.id;
  const id = findGroupId(requireFile('/etc/group', files), group.name);
  if (id === undefined) throw new KindError('not found', 'no groups found');
  return id;
}

function requireUser(name: string, files: UserFiles): Ids {
  const entry = findUserByName(requireFile('/etc/passwd', files), name);
  if (entry === undefined) throw new KindError('not found', 'no users found');
  return { uid: entry.uid, gid: entry.gid };
}

function requireFile(path: UserFile, files: UserFiles): Uint8Array {
  const file = files.get(path);
  if (file === undefined) throw new KindError('not found', `open ${path}: no such file or directory`);
  return file;
}

function nameOf(uid: number, files: UserFiles): string | undefined {
  const passwd = files.get('/etc/passwd');
  return passwd && findUserById(passwd, uid)?.name;
}

function withGroups(ids: Ids, name: string, files: UserFiles): ContainerUser {
  const group = files.get('/etc/group');
  const listed = group === undefined ? [] : findSupplementaryGroups(group, name);
  return { ...ids, additionalGids: listed.includes(ids.gid) ? listed : [ids.gid, ...listed] };
}

function isNumeric({ user, group }: UserSpec): boolean {
  return 'id' in user && group !== undefined && 'id' in group;
}
