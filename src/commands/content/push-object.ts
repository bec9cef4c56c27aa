import { TctrCommand } from '../../cli/command.js';
import { registryFlags } from '../../cli/registry-flags.js';
import { withRemote } from '../../cli/with-remote.js';
import { parseDigest } from '../../oci/digest.js';
import { parseReference } from '../../oci/reference.js';
import { pushObject } from '../../ops/push-object.js';
import { safe } from '../../output/safe.js';

export class ContentPushObject extends TctrCommand {
  static override summary = 'push one blob of the store into a repository';
  static override flags = registryFlags;
  static override texts = {
    args: '<ref> <digest> <media type>',
    description:
      'A manifest or an index takes the tag of the ref, once all that it refers to is there. Everything else is a blob.',
    examples: [
      [
        'content push-object registry.example/web:1 sha256:… application/vnd.oci.image.manifest.v1+json',
        'a manifest, and its tag',
      ],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContentPushObject);
    const [ref = '', word = '', mediaType = ''] = this.words;
    const digest = parseDigest(word);
    const reference = parseReference(ref);
    const { session } = this;
    const client = await this.client();
    await withRemote(session, flags, reference, (remote) =>
      pushObject({ client, remote, reference, digest, mediaType, signal: session.signal }),
    );
    this.print(`Pushed ${digest} ${safe(mediaType)}\n`);
  }
}
