import { TctrCommand } from '../../cli/command.js';
import { ExitError, UsageError } from '../../cli/errors.js';
import { string } from '../../cli/flags.js';
import { parseDigest } from '../../oci/digest.js';
import { editBlob } from '../../ops/edit-blob.js';

export class ContentEdit extends TctrCommand {
  static override summary = 'edit a copy of a blob, and store the result';
  static override flags = {
    editor: string({ summary: 'the editor, a line of shell', environment: 'EDITOR', placeholder: 'COMMAND' }),
    validate: string({ summary: 'not supported, as in ctr', hidden: true }),
  };
  static override texts = {
    args: '<digest>',
    description: 'Prints the digest of the new blob; the old one stays, and so does what refers to it.',
    examples: [["content edit --editor 'sed -i s/amd64/arm64/' sha256:…", 'without a hand']],
  } as const;

  async run(): Promise<void> {
    const { editor, validate } = await this.flags(ContentEdit);
    if (validate) throw new UsageError('validating the edit result not supported');
    const digest = parseDigest(this.words[0] ?? '');
    const client = await this.client();
    const { env, interrupts, program, signal, streams } = this.session;
    if (!editor) {
      await client.content.info(digest);
      throw new UsageError('editor is required: give --editor, or set EDITOR');
    }
    const outcome = await editBlob({
      client,
      digest,
      editor,
      folder: env['XDG_RUNTIME_DIR'] ?? '',
      takeOverSignals: () => interrupts.takeOver(),
      interrupt: (name) => interrupts.interrupt(name),
      signal,
    });
    if ('digest' in outcome) return this.print(`${outcome.digest}\n`);
    streams.stderr.write(`${program}: editor: exit status ${outcome.status}\n`);
    throw new ExitError(outcome.status);
  }
}
