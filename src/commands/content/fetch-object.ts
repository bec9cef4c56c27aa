import { TctrCommand } from '../../cli/command.js';
import { registryFlags } from '../../cli/registry-flags.js';
import { writeBytes } from '../../cli/stdout-bytes.js';
import { withRemote } from '../../cli/with-remote.js';
import { findObject } from '../../ops/find-object.js';
import { parseReference, requireObject } from '../../oci/reference.js';

export class ContentFetchObject extends TctrCommand {
  static override summary = 'print what a reference stands for in a registry';
  static override flags = registryFlags;
  static override texts = {
    args: '<ref>',
    description:
      'Talks to the registry alone. Prints the manifest or the index, byte by byte; of a digest, its content.',
    examples: [['content fetch-object docker.io/library/nginx:alpine | jq', 'what a tag stands for now']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContentFetchObject);
    const reference = requireObject(parseReference(this.words[0] ?? ''));
    const { session } = this;
    await withRemote(session, flags, reference, async (remote) => {
      const descriptor = await findObject(remote, reference);
      await writeBytes(session, remote.fetch(reference, descriptor));
    });
  }
}
