import { TctrCommand } from '../../../cli/command.js';
import { debugFlag, writeProfile } from '../../../cli/profile.js';
import { debugSocketOf } from '../../../cli/shim-socket.js';

export class ShimPprofBlock extends TctrCommand {
  static override summary = 'where goroutines wait for each other';
  static override flags = debugFlag;
  static override texts = {
    examples: [['shim --id web pprof block > block.out', 'then: go tool pprof block.out']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ShimPprofBlock);
    await writeProfile(this.session, {
      socket: debugSocketOf(this.session, this.topicFlag('id')),
      name: 'block',
      debug: flags.debug ?? 0n,
    });
  }
}
