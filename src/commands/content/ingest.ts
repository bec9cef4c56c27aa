import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { int, string } from '../../cli/flags.js';
import { parseDigest } from '../../oci/digest.js';
import { ingestInput } from '../../ops/ingest-input.js';

export class ContentIngest extends TctrCommand {
  static override summary = 'bring bytes from stdin into the store';
  static override flags = {
    'expected-size': int({ summary: 'take it with this many bytes only', placeholder: 'BYTES' }),
    'expected-digest': string({ summary: 'take it under this digest only', placeholder: 'DIGEST' }),
  };
  static override texts = {
    args: '<ref>',
    description:
      'The ref names the bytes while they are on their way; what an earlier try left under it is gone on from. ' +
      'Nothing keeps the new blob: label it containerd.io/gc.root, or the collector takes it.',
    examples: [['content ingest --expected-digest sha256:… layer <layer.tar.gz', 'only if it is that one']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContentIngest);
    const [ref] = this.words;
    if (!ref) throw new UsageError('must specify a transaction reference');
    const expected = flags['expected-digest'];
    const digest = expected ? { digest: parseDigest(expected) } : {};
    const { signal, streams } = this.session;
    const client = await this.client();
    const size = flags['expected-size'] ?? 0n;
    await ingestInput({ client, ref, size, ...digest, input: streams.stdin.fd, signal });
  }
}
