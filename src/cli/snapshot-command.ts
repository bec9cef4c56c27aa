import type { Snapshots } from '../client/snapshots.js';
import { KindError } from '../oci/errors.js';
import { TctrCommand } from './command.js';
import { HelpWanted } from './errors.js';

/** A command of the snapshot topic, whose `--snapshotter` stands before the command. */
export abstract class SnapshotCommand extends TctrCommand {
  /** ctr: `ctr snapshots ls` asks overlayfs, whatever the namespace's default is. */
  protected get snapshotter(): string {
    return this.topicFlag('snapshotter') || 'overlayfs';
  }

  /** The snapshots of the chosen snapshotter. */
  protected async snapshots(): Promise<Snapshots> {
    return (await this.client()).snapshots(this.snapshotter);
  }

  /** @throws HelpWanted unless there are that many words, as ctr answers. */
  protected expectWords(least: number, most = least): void {
    if (this.words.length < least || this.words.length > most) throw new HelpWanted();
  }

  /** The same error with advice for a name that leads nowhere. */
  protected advised(error: unknown): unknown {
    if (!(error instanceof KindError) || error.hint !== undefined) return error;
    if (error.message === 'bucket name required') {
      return new KindError('invalid argument', `a snapshot's key is empty: ${error.message}`, {
        cause: error,
      });
    }
    const hint = hints[error.kind]?.(error.message);
    if (hint === undefined) return error;
    return new KindError(error.kind, error.message, { cause: error, hint });
  }
}

const hints: Partial<Record<KindError['kind'], (message: string) => string | undefined>> = {
  'not found': (message) =>
    message.includes('does not exist') ? 'snapshot ls lists those that exist' : undefined,
  'failed precondition': (message) =>
    message.includes('with child') ? 'snapshot tree shows what stands on it' : undefined,
  'invalid argument': (message) =>
    message.includes('snapshotter not loaded') ? 'plugin ls lists the snapshotters' : undefined,
};
