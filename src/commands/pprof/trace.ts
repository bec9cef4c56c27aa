import { TctrCommand } from '../../cli/command.js';
import { debugFlag, secondsFlag, writeProfile } from '../../cli/profile.js';

export class PprofTrace extends TctrCommand {
  static override summary = 'everything that goes on for a while';
  static override flags = { ...secondsFlag('5s'), ...debugFlag };
  static override texts = {
    examples: [
      ['pprof -d /run/containerd/debug.sock trace -s 5s > trace.out', 'then: go tool trace trace.out'],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(PprofTrace);
    await writeProfile(this.session, {
      socket: this.topicFlag('debug-socket') ?? '/run/containerd/debug.sock',
      name: 'trace',
      debug: flags.debug ?? 0n,
      seconds: flags.seconds ?? '5s',
    });
  }
}
