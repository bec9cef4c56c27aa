import { TctrCommand } from '../../../cli/command.js';
import { debugFlag, writeProfile } from '../../../cli/profile.js';
import { debugSocketOf } from '../../../cli/shim-socket.js';

export class ShimPprofGoroutines extends TctrCommand {
  static override summary = 'the stacks of all goroutines';
  static override flags = debugFlag;
  static override texts = {
    examples: [['shim --id web pprof goroutines | less', 'to read']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ShimPprofGoroutines);
    await writeProfile(this.session, {
      socket: debugSocketOf(this.session, this.topicFlag('id')),
      name: 'goroutine',
      debug: flags.debug ?? 2n,
    });
  }
}
