import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runEditor } from '../cio/run-editor.js';
import type { Client } from '../client/client.js';
import { parseDigest, type Digest } from '../oci/digest.js';
import { KindError, prefixed } from '../oci/errors.js';
import { keepIngest } from './keep-ingest.js';
import { readBlob } from './read-blob.js';

/** A blob to edit, and the user's way to do that. */
export interface EditBlobOptions {
  readonly client: Client;
  readonly digest: Digest;
  /** A line of shell; the file is put behind it. */
  readonly editor: string;
  /** Where the file may be; the system's folder for temporary files by default. */
  readonly folder?: string;
  /** Leaves signals to the editor until the result is called. */
  readonly takeOverSignals: () => () => void;
  /** Ends this process as that signal would. */
  readonly interrupt: (signal: 'SIGHUP' | 'SIGTERM') => void;
  readonly signal: AbortSignal;
}

/** What came of an edit: the new blob, or the exit status of an editor that did not end well. */
export type EditOutcome = { readonly digest: Digest } | { readonly status: number };

/**
 * Lets the user edit a copy of a blob, and stores the result as a new one. The copy is in a folder that nobody else can
 * look into, and is removed whatever happens.
 * @throws ContainerdError 'not found'; 'already exists' where the result is there, such as an unchanged one
 */
export async function editBlob(options: EditBlobOptions): Promise<EditOutcome> {
  const { client, digest, editor, signal } = options;
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(options.folder || tmpdir(), 'tctr-edit-'));
    const file = join(folder, 'blob');
    await pipeline(readBlob(client, digest, signal), createWriteStream(file, { mode: 0o600 }), { signal });
    const status = await edit(options, file, editor);
    return status === 0 ? { digest: await store(options, file) } : { status };
  } catch (error) {
    signal.throwIfAborted();
    throw fileError(error);
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the editor; gives its exit status. */
async function edit(options: EditBlobOptions, file: string, editor: string): Promise<number> {
  const { takeOverSignals, interrupt, signal } = options;
  const giveBack = takeOverSignals();
  try {
    const { status, told } = await runEditor(editor, file, signal);
    if (told) interrupt(told);
    signal.throwIfAborted();
    return status;
  } finally {
    giveBack();
  }
}

/** The file system's errors name the file, which says where it could not be. */
function fileError(error: unknown): unknown {
  if (error instanceof KindError || !(error instanceof Error) || !('syscall' in error)) return error;
  return new KindError('unavailable', `cannot edit in a temporary file: ${error.message}`, {
    cause: error,
    hint: 'XDG_RUNTIME_DIR or TMPDIR says where it goes',
  });
}

async function store({ client, digest, signal }: EditBlobOptions, file: string): Promise<Digest> {
  const ref = `edit-${digest}`;
  const stored = await keepIngest({ client, ref, blob: { size: 0n }, signal }, async (writer) => {
    if (writer.offset > 0n) throw leftBehind(ref);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file, { signal }) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      await writer.write(chunk);
    }
    const result = parseDigest(`sha256:${hash.digest('hex')}`);
    return writer.commit(new Map(), result).catch((error: unknown) => {
      throw prefixed('commit failed', error);
    });
  });
  if (stored === undefined) throw new KindError('already exists', `ingest ${ref}: already exists`);
  return stored;
}

/** Half an edit of before, which nothing can be added to. */
function leftBehind(ref: string): KindError {
  return new KindError('failed precondition', `ingest ${ref} was left unfinished`, {
    hint: 'it is dropped now: try again',
  });
}
