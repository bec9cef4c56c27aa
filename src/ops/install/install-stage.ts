import {
  chmodSync,
  closeSync,
  linkSync,
  lchownSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { join, posix } from 'node:path';
import { KindError } from '../../oci/errors.js';
import { fileProblem } from '../archive/file-problem.js';
import type { TarMember } from '../archive/read-tar.js';

const whiteout = '.wh.';
const opaque = '.wh..wh..opq';

/** Which of an image's folders are installed, and whether over what is there. */
export interface StageOptions {
  readonly folders: readonly string[];
  readonly replace: boolean;
}

/**
 * Files of an image on their way into a folder: put aside next to where they go, moved there all at the end. Only
 * `FOLDER/NAME` of the given folders is taken, so that no name leads elsewhere; nothing is written through a link.
 */
export class InstallStage {
  private aside: string | undefined;
  /** `bin/NAME` to the layer that it is from. */
  private readonly staged = new Map<string, number>();
  private layer = 0;

  constructor(
    private readonly path: string,
    private readonly options: StageOptions,
  ) {}

  /** What comes now is of the next layer, over those before. */
  nextLayer(): void {
    this.layer++;
  }

  /** Takes a member if it is to be installed. @throws KindError naming it where it is in the way, or no file */
  async add(member: TarMember): Promise<void> {
    const name = wanted(member.name, this.options.folders);
    if (name === undefined) return;
    const base = posix.basename(name);
    if (base.startsWith(whiteout)) return this.remove(posix.dirname(name), base);
    const target = join(this.path, name);
    const there = lstatSync(target, { throwIfNoEntry: false });
    if (there && (!this.options.replace || there.isDirectory())) {
      throw new KindError('already exists', `cannot replace ${name} in ${this.path}`, {
        ...(this.options.replace ? {} : { hint: '--replace does' }),
      });
    }
    if (member.type === 'folder') return;
    const made = join(this.place(), name);
    rmSync(made, { force: true });
    await this.write(member, name, made);
    this.staged.set(name, this.layer);
  }

  /** Moves everything to where it goes. */
  commit(): void {
    const { aside } = this;
    if (aside === undefined) return;
    const folders = new Set([...this.staged.keys()].map((name) => posix.dirname(name)));
    for (const folder of folders) this.checkFolder(folder);
    for (const name of this.staged.keys()) renameSync(join(aside, name), join(this.path, name));
  }

  /** Removes what was put aside and has not been moved. */
  close(): void {
    if (this.aside !== undefined) rmSync(this.aside, { recursive: true, force: true });
  }

  /** A later layer takes away what one before it brought. */
  private remove(folder: string, base: string): void {
    for (const [name, layer] of this.staged) {
      const hidden =
        base === opaque
          ? posix.dirname(name) === folder && layer < this.layer
          : name === `${folder}/${base.slice(whiteout.length)}`;
      if (!hidden) continue;
      rmSync(join(this.place(), name), { force: true });
      this.staged.delete(name);
    }
  }

  private async write(member: TarMember, name: string, made: string): Promise<void> {
    switch (member.type) {
      case 'file':
        await writeFile(made, member);
        break;
      case 'symlink':
        symlinkSync(member.target, made);
        break;
      case 'hard link': {
        const first = wanted(member.target, this.options.folders);
        if (first === undefined || !this.staged.has(first)) {
          throw refused(name, `is a link to ${member.target}, which is not installed`);
        }
        linkSync(join(this.place(), first), made);
        return;
      }
      case 'folder':
        return;
      case 'other':
        throw refused(name, 'is neither a file nor a link');
    }
    if (process.getuid?.() === 0) lchownSync(made, member.uid, member.gid);
    if (member.type === 'file') chmodSync(made, member.mode);
    lutimesSync(made, member.modified, member.modified);
  }

  /** The folder where files are put aside: beside the others, so that they can be moved. */
  private place(): string {
    if (this.aside !== undefined) return this.aside;
    for (const folder of this.options.folders) this.checkFolder(folder, { make: false });
    this.aside = mkdtempSync(join(this.path, '.tctr-install-'));
    for (const folder of this.options.folders) mkdirSync(join(this.aside, folder));
    return this.aside;
  }

  /** Sees to it that a folder is there, and leads nowhere else. */
  private checkFolder(folder: string, { make = true } = {}): void {
    const full = join(this.path, folder);
    let real;
    try {
      const root = realpathSync(this.path);
      if (make) mkdirSync(full, { recursive: false, mode: 0o755 });
      else lstatSync(full);
      real = realpathSync(full) === join(root, folder);
    } catch (error) {
      real = this.judge(error as NodeJS.ErrnoException, full, folder);
    }
    if (!real) {
      throw new KindError('failed precondition', `${full} leads out of ${this.path}`, {
        hint: 'it is a link: remove it, or install into another --path',
      });
    }
  }

  private judge(error: NodeJS.ErrnoException, full: string, folder: string): boolean {
    const rootThere = lstatSync(this.path, { throwIfNoEntry: false });
    if (error.code === 'EEXIST') return realpathSync(full) === join(realpathSync(this.path), folder);
    if (error.code === 'ENOENT' && rootThere) return true;
    if (error.code === 'ENOENT') {
      throw new KindError('not found', `mkdir ${full}: no such file or directory`, { cause: error });
    }
    if (error.code === 'ENOTDIR') {
      throw new KindError('invalid argument', `failed to get root path: lstat ${full}: not a directory`, {
        cause: error,
      });
    }
    throw new KindError('failed precondition', `cannot install into ${this.path}: ${error.message}`, {
      cause: error,
    });
  }
}

/** `bin/NAME` where a member's name is one of the folders' own files. */
function wanted(name: string, folders: readonly string[]): string | undefined {
  if (name.includes('\0')) return undefined;
  const clean = posix.normalize(`/${name}`).slice(1).replace(/\/$/, '');
  const outside = name.split('/').includes('..');
  if (outside || !folders.includes(posix.dirname(clean))) return undefined;
  return clean;
}

async function writeFile(path: string, { bytes }: TarMember): Promise<void> {
  const fd = openSync(path, 'wx', 0o600);
  try {
    for await (const chunk of bytes) {
      for (let at = 0; at < chunk.length;) at += writeSync(fd, chunk, at);
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : fileProblem('write', path, error);
  } finally {
    closeSync(fd);
  }
}

function refused(name: string, why: string): KindError {
  return new KindError('invalid argument', `${name} ${why}`);
}
