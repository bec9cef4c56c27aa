import { TctrCommand } from '../../cli/command.js';
import { writeBytes } from '../../cli/stdout-bytes.js';
import { parseDigest } from '../../oci/digest.js';
import { readBlob } from '../../ops/read-blob.js';

export class ContentGet extends TctrCommand {
  static override summary = 'print the bytes of a blob';
  static override texts = {
    args: '<digest>',
    description: 'The bytes are held against the digest as they pass: behind others stands an error.',
    examples: [['content get sha256:… | tar -tz', 'look into a layer']],
  } as const;

  async run(): Promise<void> {
    const digest = parseDigest(this.words[0] ?? '');
    const client = await this.client();
    await writeBytes(this.session, readBlob(client, digest, this.session.signal));
  }
}
