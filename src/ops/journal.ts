import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { currentOwner, formatOwner, isAlive, parseOwner } from '../cio/owner.js';

/** Something taken from a daemon that must be given back, also if this process is killed outright. */
export type Taken =
  | { readonly kind: 'lease'; readonly address: string; readonly namespace: string; readonly id: string }
  /** An ingest that no lease holds; its id is the ref. */
  | { readonly kind: 'ingest'; readonly address: string; readonly namespace: string; readonly id: string }
  /** A container that is not finished, or is to go with its process. */
  | { readonly kind: 'container'; readonly address: string; readonly namespace: string; readonly id: string }
  /** A task that stands still for the time of its checkpoint. */
  | { readonly kind: 'pause'; readonly address: string; readonly namespace: string; readonly id: string }
  /** A container's connection to the network of a CNI configuration. */
  | { readonly kind: 'network'; readonly address: string; readonly namespace: string; readonly id: string }
  /** A mount that is not finished, of a snapshot of that id. */
  | {
      readonly kind: 'mount';
      readonly address: string;
      readonly namespace: string;
      readonly id: string;
      /** Empty where the snapshot was there before, and stays. */
      readonly snapshotter: string;
      /** The path without links, and how many mounts stood on it before. */
      readonly target: string;
      readonly depth: number;
    }
  /** A process in the foreground. */
  | {
      readonly kind: 'task';
      readonly address: string;
      readonly namespace: string;
      readonly id: string;
      readonly fifoRoot: string;
    }
  | {
      readonly kind: 'exec';
      readonly address: string;
      readonly namespace: string;
      readonly id: string;
      readonly execId: string;
      readonly fifoRoot: string;
    };

/** Where tctr processes leave word of what they hold; a tmpfs, so that a reboot clears it. */
const journals = '/run/tctr';

/** A journal that is being written. */
const draftSuffix = '.new';

/** A journal that could not be given back in time, changed when that was tried last. */
const lateSuffix = '.late';

/** Milliseconds until it is tried again: what hangs, such as a shim, shall not hold up every tctr. */
const latePause = 60_000;

const held = new Set<Taken>();

/**
 * Leaves word that something is taken, before it is taken. Call the result when it is given back.
 * The next tctr gives back what a dead one held (reap.ts).
 */
export function note(taken: Taken): () => void {
  held.add(taken);
  save();
  return () => forget(taken);
}

/** Strikes off what is no longer to be given back, all at once: a tctr killed in between would leave half of it. */
export function forget(...taken: readonly Taken[]): void {
  if (taken.filter((each) => held.delete(each)).length > 0) save();
}

function save(): void {
  const owner = currentOwner();
  const file = join(journals, fileName(formatOwner(owner)));
  try {
    if (held.size === 0) return rmSync(file, { force: true });
    mkdirSync(journals, { recursive: true, mode: 0o700 });
    writeFileSync(file + draftSuffix, JSON.stringify([...held]), { mode: 0o600 });
    renameSync(file + draftSuffix, file);
  } catch {
    // Not root, or a read-only /run: the lease's own expiry is what remains.
  }
}

/** What a dead tctr held, and a way to strike it off when it has been given back. */
export interface Orphans {
  /** The dead process, as formatOwner writes it. */
  readonly owner: string;
  readonly taken: readonly Taken[];
  readonly forget: () => void;
  /** Leaves it alone for a minute. */
  readonly postpone: () => void;
}

/**
 * Finds what dead processes left word of on the daemon at an address; what is on others is left for a tctr that talks to
 * those. Cheap when there is none: one look into a folder.
 */
export async function orphans(address: string, folder = journals): Promise<readonly Orphans[]> {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return []; // nobody has held anything since boot
  }
  const dead = names.filter((name) => {
    const owner = parseOwner(ownerText(name));
    return owner !== undefined && !isAlive(owner) && !isPostponed(join(folder, name));
  });
  if (dead.length === 0) return [];
  const stat = await lstat(folder);
  if (stat.uid !== process.geteuid?.() || (stat.mode & 0o022) !== 0) return [];
  return dead.flatMap((name) => {
    const file = join(folder, name);
    if (!name.endsWith(draftSuffix)) {
      const found = read(file, ownerText(name));
      return found.taken.every((entry) => entry.address === address) ? [found] : [];
    }
    rmSync(file, { force: true }); // killed while it wrote: the journal before it was renamed whole
    return [];
  });
}

function isPostponed(file: string): boolean {
  if (!file.endsWith(lateSuffix)) return false;
  const stat = lstatSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Math.abs(Date.now() - stat.mtimeMs) < latePause;
}

function read(file: string, owner: string): Orphans {
  const forget = (): void => rmSync(file, { force: true });
  const postpone = (): void => {
    const late = file.endsWith(lateSuffix) ? file : file + lateSuffix;
    try {
      renameSync(file, late);
      utimesSync(late, new Date(), new Date());
    } catch {
      // Another tctr has given it back after all.
    }
  };
  try {
    return { owner, taken: JSON.parse(readFileSync(file, 'utf8')) as Taken[], forget, postpone };
  } catch {
    return { owner, taken: [], forget, postpone }; // another tctr has just given it all back
  }
}

const fileName = (owner: string): string => owner.replaceAll('/', '_');
const ownerText = (name: string): string =>
  [draftSuffix, lateSuffix]
    .reduce((rest, suffix) => (rest.endsWith(suffix) ? rest.slice(0, -suffix.length) : rest), name)
    .replaceAll('_', '/');
