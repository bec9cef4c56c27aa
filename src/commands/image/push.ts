import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool, int, string, strings } from '../../cli/flags.js';
import { readPlatforms } from '../../cli/platforms.js';
import { push } from '../../cli/push.js';
import { registryFlags } from '../../cli/registry-flags.js';
import { parseDigest } from '../../oci/digest.js';
import { prefixed } from '../../oci/errors.js';
import { mediaTypes } from '../../oci/media-types.js';

export class ImagePush extends TctrCommand {
  static override summary = 'push an image to a registry';
  static override flags = {
    ...registryFlags,
    manifest: string({ summary: 'push this manifest of the store, and no image', placeholder: 'DIGEST' }),
    'manifest-type': string({
      summary: `its media type (default ${mediaTypes.ociManifest})`,
      placeholder: 'TYPE',
    }),
    platform: strings({ summary: 'push this platform', placeholder: 'OS/ARCH' }),
    'max-concurrent-uploaded-layers': int({ summary: 'blobs to upload at once' }),
    'allow-non-distributable-blobs': bool({ summary: 'push layers too that may not be passed on' }),
    local: bool({ summary: "be the registry's client here instead of asking the daemon to" }),
  };
  static override texts = {
    args: '<ref> [<image>]',
    description:
      'The image is the one of that name, unless another is given. The daemon pushes by itself where it can ' +
      '(containerd 2); tctr does where the daemon cannot, or where a flag needs it. What the registry has is not sent ' +
      'again. With --local, --platform pushes the manifest of that platform alone.',
    examples: [
      ['image push registry.example/me/web:1', 'an image under its own name'],
      [
        'image push registry.example/me/web:1 docker.io/library/nginx:alpine',
        'under another name than it has here',
      ],
    ],
    docker: 'docker push',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImagePush);
    const [ref, image] = this.words;
    if (!ref) throw new UsageError('please provide a remote image reference to push');
    const { manifest: word, 'manifest-type': mediaType = mediaTypes.ociManifest } = flags;
    await push(this.session, {
      ref,
      image: image || ref,
      ...(word ? { manifest: { digest: readDigest(word), mediaType } } : {}),
      registry: flags,
      platforms: flags.platform.length > 0 ? readPlatforms(flags.platform, false) : [],
      local: flags.local || flags['manifest-type'] !== undefined,
      foreignLayers: flags['allow-non-distributable-blobs'],
      concurrency: Number(flags['max-concurrent-uploaded-layers'] ?? 0n),
    });
  }
}

function readDigest(text: string) {
  try {
    return parseDigest(text);
  } catch (error) {
    throw prefixed('invalid manifest digest', error);
  }
}
