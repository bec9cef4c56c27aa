import { TctrCommand } from '../../cli/command.js';
import { bool } from '../../cli/flags.js';
import { hasKind, prefixed } from '../../oci/errors.js';
import { eachOrFirstError } from '../../cli/each.js';
import { removeNamespaceCgroup } from '../../host/cgroup.js';
import { safe } from '../../output/safe.js';

export class NamespaceRemove extends TctrCommand {
  static override summary = 'remove empty namespaces';
  static override aliases = ['rm'];
  static override flags = {
    cgroup: bool({ summary: "delete the namespace's cgroup as well", aliases: ['c'] }),
  };
  static override texts = {
    args: '<name> [<name>...]',
    examples: [['namespace rm test', 'it must be empty']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(NamespaceRemove);
    const client = await this.client();
    await eachOrFirstError(this.words, async (name) => {
      try {
        await client.namespaces.delete(name);
        if (flags.cgroup) await removeNamespaceCgroup(name);
      } catch (error) {
        // ctr: `ctr namespace rm nope` prints the name as if it had been there.
        if (!hasKind(error, 'not found')) {
          this.diagnostics.error(`unable to delete ${name}`, { error: (error as Error).message });
          throw prefixed(`unable to delete ${name}`, error);
        }
      }
      this.print(`${safe(name)}\n`);
    });
  }
}
