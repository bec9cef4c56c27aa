import { eachOrFirstError } from '../../cli/each.js';
import { TctrCommand } from '../../cli/command.js';
import { parseDigest } from '../../oci/digest.js';
import { hasKind } from '../../oci/errors.js';

export class ContentDelete extends TctrCommand {
  static override summary = 'delete blobs, whatever needs them';
  static override aliases = ['del', 'remove', 'rm'];
  static override texts = {
    args: '[<digest>...]',
    description: 'Prints what was deleted. What is not there is passed over.',
    examples: [['content rm sha256:…', 'one that nothing needs']],
  } as const;

  async run(): Promise<void> {
    const client = await this.client();
    await eachOrFirstError(this.words, async (word) => {
      try {
        const digest = parseDigest(word);
        await client.content.delete(digest);
        this.print(`${digest}\n`);
      } catch (error) {
        if (hasKind(error, 'not found')) return;
        this.diagnostics.error(`could not delete ${word}`, { error: (error as Error).message });
        throw error;
      }
    });
  }
}
