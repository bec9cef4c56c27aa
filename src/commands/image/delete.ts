import { eachOrFirstError } from '../../cli/each.js';
import { TctrCommand } from '../../cli/command.js';
import { bool } from '../../cli/flags.js';
import { hasKind } from '../../oci/errors.js';
import { safe } from '../../output/safe.js';

export class ImageDelete extends TctrCommand {
  static override summary = 'remove image names; content that nothing else needs goes with them';
  static override aliases = ['del', 'remove', 'rm'];
  static override flags = { sync: bool({ summary: 'wait until the space is free' }) };
  static override texts = {
    args: '<ref> [<ref>...]',
    examples: [['image rm --sync docker.io/library/nginx:alpine', 'and wait for the collector']],
    docker: 'docker rmi',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImageDelete);
    const client = await this.client();
    const last = this.words.length - 1;
    let index = 0;
    await eachOrFirstError(this.words, async (ref) => {
      // The collector runs once, behind the last name.
      const sync = flags.sync && index++ === last;
      try {
        await client.images.delete(ref, { sync });
        this.print(`${safe(ref)}\n`);
      } catch (error) {
        if (hasKind(error, 'not found')) {
          // ctr: `ctr image rm nope` warns, and ends well.
          this.diagnostics.warning(`${ref}: image not found`);
          return;
        }
        this.diagnostics.error(`unable to delete ${ref}`, { error: (error as Error).message });
        throw error;
      }
    });
  }
}
