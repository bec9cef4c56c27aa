import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
const folder = '/run/tctr';

/** A journal that is being written. */
const draftSuffix = '.new';

const held = new Set<Taken>();

/**
 * Leaves word that something is taken, before it is taken. Call the result when it is given back.
 * The next tctr gives back what a dead one held (reap.ts).
 */
export function note(taken: Taken): () => void {
  held.add(taken);
  save();
  return () => {
    if (held.delete(taken)) save();
  };
}

function save(): void {
  const owner = currentOwner();
  const file = join(folder, fileName(formatOwner(owner)));
  try {
    if (held.size === 0) return rmSync(file, { force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
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
}

/** Finds what dead processes left word of. Cheap when there is none: one look into a folder. */
export async function orphans(): Promise<readonly Orphans[]> {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return []; // nobody has held anything since boot
  }
  const dead = names.filter((name) => {
    const owner = parseOwner(ownerText(name));
    return owner !== undefined && !isAlive(owner);
  });
  if (dead.length === 0) return [];
  const stat = await lstat(folder);
  if (stat.uid !== process.geteuid?.() || (stat.mode & 0o022) !== 0) return [];
  return dead.flatMap((name) => {
    const file = join(folder, name);
    if (!name.endsWith(draftSuffix)) return [read(file, ownerText(name))];
    rmSync(file, { force: true }); // killed while it wrote: the journal before it was renamed whole
    return [];
  });
}

function read(file: string, owner: string): Orphans {
  const forget = (): void => rmSync(file, { force: true });
  try {
    return { owner, taken: JSON.parse(readFileSync(file, 'utf8')) as Taken[], forget };
  } catch {
    return { owner, taken: [], forget }; // another tctr has just given it all back
  }
}

const fileName = (owner: string): string => owner.replaceAll('/', '_');
const ownerText = (name: string): string =>
  (name.endsWith(draftSuffix) ? name.slice(0, -draftSuffix.length) : name).replaceAll('_', '/');
