import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { string } from '../../cli/flags.js';
import { registryFlags } from '../../cli/registry-flags.js';
import { writeBytes } from '../../cli/stdout-bytes.js';
import { withRemote } from '../../cli/with-remote.js';
import { parseDigest } from '../../oci/digest.js';
import { isIndex, isManifest } from '../../oci/media-types.js';
import { parseReference } from '../../oci/reference.js';

export class ContentFetchBlob extends TctrCommand {
  static override summary = 'print blobs of a repository, one behind the other';
  static override flags = {
    ...registryFlags,
    'media-type': string({ summary: "what the digests are; a manifest's are looked for among those" }),
  };
  static override texts = {
    args: '<ref> <digest>...',
    description: 'Talks to the registry alone. The bytes are held against their digests.',
    examples: [['content fetch-blob docker.io/library/nginx:alpine sha256:… | tar -tz', 'look into a layer']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContentFetchBlob);
    const [ref = '', ...digests] = this.words;
    if (digests.length === 0) throw new UsageError('must specify digests');
    const { locator } = parseReference(ref);
    const mediaType = flags['media-type'] ?? '';
    const blobsOnly = !isManifest(mediaType) && !isIndex(mediaType);
    const { session } = this;
    await withRemote(session, flags, { locator, object: '' }, async (remote) => {
      for (const word of digests) {
        const reference = { locator, object: `@${parseDigest(word)}` };
        const { descriptor } = await remote.resolve(reference, { blobsOnly });
        const type = mediaType === '' ? {} : { mediaType };
        await writeBytes(session, remote.fetch(reference, { ...descriptor, ...type }));
      }
    });
  }
}
