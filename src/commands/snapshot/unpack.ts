import { bool, string } from '../../cli/flags.js';
import { SnapshotCommand } from '../../cli/snapshot-command.js';
import { parseDigest, type Digest } from '../../oci/digest.js';
import { KindError, prefixed } from '../../oci/errors.js';
import { defaultPlatform } from '../../oci/platform.js';
import { namespaceDefaults } from '../../ops/defaults.js';
import { imageForPlatform } from '../../ops/image-for-platform.js';
import { withLease } from '../../ops/lease.js';
import { unpackImage } from '../../ops/unpack-image.js';
import { safe } from '../../output/safe.js';

export class SnapshotUnpack extends SnapshotCommand {
  static override summary = 'unpack an image that is in the content store';
  static override flags = {
    'sync-fs': bool({ summary: 'flush the file system after each layer' }),
    snapshotter: string({
      summary: "the snapshotter to unpack into (default the namespace's, else overlayfs)",
      environment: 'CONTAINERD_SNAPSHOTTER',
      placeholder: 'NAME',
    }),
  };
  static override texts = {
    args: '<digest>',
    description: 'The digest is that of an image’s target, as image ls shows it.',
    examples: [['snapshot unpack --snapshotter native sha256:…', 'for another snapshotter']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(SnapshotUnpack);
    const digest = readDigest(this.words[0] ?? '');
    const client = await this.client();
    const [images, defaults] = await Promise.all([
      client.images.list([`target.digest==${digest}`]),
      namespaceDefaults(client),
    ]);
    const found = images.find(({ target }) => target.digest === digest);
    if (!found)
      throw new KindError('not found', `${digest}: manifest not found`, {
        hint: 'image ls shows the digests',
      });
    const snapshotter = flags.snapshotter || this.topicFlag('snapshotter') || defaults.snapshotter;
    this.print(`unpacking ${digest} (${safe(found.target.mediaType)})...`);
    try {
      const image = await imageForPlatform(client, found.name, defaultPlatform());
      await withLease(client, (leased) =>
        unpackImage({ client: leased, snapshotter, image, syncFs: flags['sync-fs'] }),
      );
    } catch (error) {
      this.print('\n');
      throw this.advised(error);
    }
    this.print('done\n');
  }
}

function readDigest(text: string): Digest {
  try {
    return parseDigest(text);
  } catch (error) {
    throw prefixed(JSON.stringify(text.slice(0, 100)), error);
  }
}
