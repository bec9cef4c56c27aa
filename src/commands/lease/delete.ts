import { TctrCommand } from '../../cli/command.js';
import { HelpWanted } from '../../cli/errors.js';
import { bool } from '../../cli/flags.js';
import { KindError, prefixed } from '../../oci/errors.js';
import { safe } from '../../output/safe.js';

export class LeaseDelete extends TctrCommand {
  static override summary = 'delete leases; what nothing else keeps is collected';
  static override aliases = ['del', 'remove', 'rm'];
  static override flags = { sync: bool({ summary: 'wait until the space is free' }) };
  static override texts = {
    args: '<id> [<id>...]',
    description: 'Stops at the first that is not there.',
    examples: [['lease rm --sync build', 'and wait for the collector']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(LeaseDelete);
    if (this.words.length === 0) throw new HelpWanted();
    const client = await this.client();
    for (const [index, id] of this.words.entries()) {
      // The collector runs once, behind the last lease.
      const sync = flags.sync && index === this.words.length - 1;
      try {
        await client.leases.delete(id, { sync });
      } catch (error) {
        throw advised(id, error);
      }
      this.print(`${safe(id)}\n`);
    }
  }
}

/** The daemon's words, with the lease's name and a next step where they have none. */
function advised(id: string, error: unknown): unknown {
  if (!(error instanceof KindError)) return error;
  const name = JSON.stringify(id);
  if (error.kind !== 'not found')
    return error.message.includes(name) ? error : prefixed(`lease ${name}`, error);
  return new KindError('not found', error.message, { cause: error, hint: 'lease ls lists those that exist' });
}
