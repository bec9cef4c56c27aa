import { TctrCommand } from '../../cli/command.js';
import { debugFlag, secondsFlag, writeProfile } from '../../cli/profile.js';

export class PprofProfile extends TctrCommand {
  static override summary = 'what the cpu is used for';
  static override flags = { ...secondsFlag('30s'), ...debugFlag };
  static override texts = {
    examples: [
      ['pprof -d /run/containerd/debug.sock profile -s 5s > profile.out', 'then: go tool pprof profile.out'],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(PprofProfile);
    await writeProfile(this.session, {
      socket: this.topicFlag('debug-socket') ?? '/run/containerd/debug.sock',
      name: 'profile',
      debug: flags.debug ?? 0n,
      seconds: flags.seconds ?? '30s',
    });
  }
}
