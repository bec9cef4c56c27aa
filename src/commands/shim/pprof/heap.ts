import { TctrCommand } from '../../../cli/command.js';
import { debugFlag, writeProfile } from '../../../cli/profile.js';
import { debugSocketOf } from '../../../cli/shim-socket.js';

export class ShimPprofHeap extends TctrCommand {
  static override summary = 'what memory is held';
  static override flags = debugFlag;
  static override texts = {
    examples: [['shim --id web pprof heap > heap.out', 'then: go tool pprof heap.out']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ShimPprofHeap);
    await writeProfile(this.session, {
      socket: debugSocketOf(this.session, this.topicFlag('id')),
      name: 'heap',
      debug: flags.debug ?? 0n,
    });
  }
}
