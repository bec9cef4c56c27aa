import { TctrCommand } from '../../../cli/command.js';
import { bool } from '../../../cli/flags.js';
import { createLogger } from '../../../cli/log.js';
import { pruneReferences } from '../../../ops/prune-references.js';

export class ContentPruneReferences extends TctrCommand {
  static override summary = 'let go of layers: images stay, what is unpacked stays';
  static override flags = {
    async: bool({ summary: 'do not wait until the space is free' }),
    dry: bool({ summary: 'say on stderr what would be done, and do nothing' }),
  };
  static override texts = {
    description:
      'Removes the labels by which blobs keep layers from the collector. An image whose layers are gone runs from its ' +
      'snapshots, and has to be pulled again to be pushed or exported.',
    examples: [['content prune references --dry', 'what it would remove']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContentPruneReferences);
    // ctr: `ctr content prune references --dry` tells without --debug, too.
    const log = flags.dry ? createLogger(this.session.streams.stderr, { debug: true }) : this.diagnostics;
    if (flags.dry) log.debug('dry run, no changes will be applied');
    await pruneReferences({
      client: await this.client(),
      dry: flags.dry,
      sync: !flags.async,
      onLabel: (digest, label) => log.debug('Removing label', { digest, label }),
    });
  }
}
