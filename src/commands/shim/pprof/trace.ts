import { TctrCommand } from '../../../cli/command.js';
import { debugFlag, secondsFlag, writeProfile } from '../../../cli/profile.js';
import { debugSocketOf } from '../../../cli/shim-socket.js';

export class ShimPprofTrace extends TctrCommand {
  static override summary = 'everything that goes on for a while';
  static override flags = { ...secondsFlag('5s'), ...debugFlag };
  static override texts = {
    examples: [['shim --id web pprof trace -s 5s > trace.out', 'then: go tool trace trace.out']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ShimPprofTrace);
    await writeProfile(this.session, {
      socket: debugSocketOf(this.session, this.topicFlag('id')),
      name: 'trace',
      debug: flags.debug ?? 0n,
      seconds: flags.seconds ?? '5s',
    });
  }
}
