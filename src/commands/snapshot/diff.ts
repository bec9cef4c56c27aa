import { UsageError } from '../../cli/errors.js';
import { bool, string, stringOr, strings } from '../../cli/flags.js';
import { SnapshotCommand } from '../../cli/snapshot-command.js';
import { sourceDateEpoch } from '../../cli/source-date-epoch.js';
import { diffSnapshots } from '../../ops/diff-snapshots.js';
import { keptNow } from '../../ops/gc-labels.js';
import { parseLabelArguments } from '../../output/labels.js';

export class SnapshotDiff extends SnapshotCommand {
  static override summary = 'write the layer between two snapshots to stdout';
  static override flags = {
    'media-type': stringOr('application/vnd.oci.image.layer.v1.tar+gzip', {
      summary: 'what to write; …layer.v1.tar is not compressed',
      placeholder: 'TYPE',
    }),
    ref: string({ summary: 'the name of the upload while it goes on', placeholder: 'REF' }),
    keep: bool({ summary: 'keep the layer in the content store, too' }),
    label: strings({ summary: 'labels of the layer', placeholder: 'KEY=VALUE' }),
  };
  static override texts = {
    args: '<key> [<other>]',
    description:
      'With one key: what it has more than its parent. With two: what the second has more than the first. ' +
      'Leaves nothing behind unless --keep is there. SOURCE_DATE_EPOCH limits the times of files.',
    examples: [
      ['snapshot diff web > layer.tar.gz', 'what a container has changed'],
      ['snapshot diff --media-type application/vnd.oci.image.layer.v1.tar web | tar t', 'which files'],
    ],
    docker: 'docker diff',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(SnapshotDiff);
    const [id, other] = this.words;
    if (!id) throw new UsageError('snapshot id must be provided');
    const client = await this.client();
    try {
      await diffSnapshots({
        client,
        snapshotter: this.snapshotter,
        ids: other ? [id, other] : [id],
        mediaType: flags['media-type'],
        ref: flags.ref ?? '',
        labels: new Map([...parseLabelArguments(flags.label), ...(flags.keep ? keptNow() : [])]),
        sourceDateEpoch: sourceDateEpoch(this.session),
        stdout: this.session.streams.stdout.fd,
        signal: this.session.signal,
      });
    } catch (error) {
      throw this.advised(error);
    }
  }
}
