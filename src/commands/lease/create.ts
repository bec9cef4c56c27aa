import { TctrCommand } from '../../cli/command.js';
import { duration, string } from '../../cli/flags.js';
import { expiryLabel, newLeaseId } from '../../ops/lease.js';
import { parseDuration } from '../../oci/duration.js';
import { parseLabelArguments } from '../../output/labels.js';
import { safe } from '../../output/safe.js';

export class LeaseCreate extends TctrCommand {
  static override summary = 'create a lease';
  static override flags = {
    id: string({ summary: 'its name (default one that nobody has)', placeholder: 'ID' }),
    expires: duration({
      summary: 'drop it after this long, 0 for never (default 24h)',
      aliases: ['x'],
    }),
  };
  static override texts = {
    args: '[<key>=<value>...]',
    description: 'Prints its name.',
    examples: [['lease create --id build -x 1h owner=ci', 'for an hour, with a label']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(LeaseCreate);
    const id = flags.id || newLeaseId();
    const nanoseconds = parseDuration(flags.expires ?? '24h');
    const labels = parseLabelArguments(this.words);
    if (nanoseconds > 0n) labels.set(...expiryLabel(Number(nanoseconds / 1_000_000n)));
    const client = await this.client();
    await client.leases.create(id, labels);
    this.print(`${safe(id)}\n`);
  }
}
