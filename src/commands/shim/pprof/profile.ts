import { TctrCommand } from '../../../cli/command.js';
import { debugFlag, secondsFlag, writeProfile } from '../../../cli/profile.js';
import { debugSocketOf } from '../../../cli/shim-socket.js';

export class ShimPprofProfile extends TctrCommand {
  static override summary = 'what the cpu is used for';
  static override flags = { ...secondsFlag('30s'), ...debugFlag };
  static override texts = {
    examples: [['shim --id web pprof profile -s 5s > profile.out', 'then: go tool pprof profile.out']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ShimPprofProfile);
    await writeProfile(this.session, {
      socket: debugSocketOf(this.session, this.topicFlag('id')),
      name: 'profile',
      debug: flags.debug ?? 0n,
      seconds: flags.seconds ?? '30s',
    });
  }
}
