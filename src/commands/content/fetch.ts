import { TctrCommand } from '../../cli/command.js';
import { bool, strings } from '../../cli/flags.js';
import { readPlatforms } from '../../cli/platforms.js';
import { showProgress } from '../../cli/progress.js';
import { registryFlags } from '../../cli/registry-flags.js';
import { withRemote } from '../../cli/with-remote.js';
import { prefixed } from '../../oci/errors.js';
import { parseReference, requireObject, type Reference } from '../../oci/reference.js';
import { fetch } from '../../ops/fetch.js';
import { parseLabelArguments } from '../../output/labels.js';

export class ContentFetch extends TctrCommand {
  static override summary = 'fetch all content of an image, without unpacking it';
  static override flags = {
    ...registryFlags,
    label: strings({ summary: 'labels of the image', placeholder: 'KEY=VALUE' }),
    platform: strings({ summary: 'fetch the layers of this platform', placeholder: 'OS/ARCH' }),
    'all-platforms': bool({ summary: 'fetch the layers of every platform' }),
    'all-metadata': bool({ summary: 'fetch the manifests of all platforms (the default)', hidden: true }),
    'skip-metadata': bool({ summary: 'fetch no manifests of other platforms' }),
    'metadata-only': bool({ summary: "fetch an index's manifests and configs, and no layers" }),
  };
  static override texts = {
    args: '<ref>',
    description: 'The image is named, and can be unpacked later. An interrupted fetch leaves nothing behind.',
    examples: [
      ['content fetch --metadata-only docker.io/library/nginx:alpine', 'to look at'],
      ['content fetch --all-platforms docker.io/library/nginx:alpine', 'to pass on'],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContentFetch);
    const reference = readReference(this.words[0] ?? '');
    const platforms = readPlatforms(flags.platform, flags['all-platforms']);
    const { session } = this;
    const client = await this.client();
    await withRemote(session, flags, reference, (remote) =>
      showProgress(
        session,
        fetch({
          client,
          remote,
          reference,
          platforms,
          labels: parseLabelArguments(flags.label),
          allMetadata: !flags['skip-metadata'],
          metadataOnly: flags['metadata-only'],
          signal: session.signal,
        }),
        'local',
      ),
    );
  }
}

function readReference(text: string): Reference {
  try {
    return requireObject(parseReference(text));
  } catch (error) {
    throw prefixed(`failed to resolve reference ${JSON.stringify(text)}`, error);
  }
}
