import { TctrCommand } from '../../cli/command.js';
import { debugFlag, writeProfile } from '../../cli/profile.js';

export class PprofThreadcreate extends TctrCommand {
  static override summary = 'what has made threads';
  static override flags = debugFlag;
  static override texts = {
    examples: [
      [
        'pprof -d /run/containerd/debug.sock threadcreate > threadcreate.out',
        'then: go tool pprof threadcreate.out',
      ],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(PprofThreadcreate);
    await writeProfile(this.session, {
      socket: this.topicFlag('debug-socket') ?? '/run/containerd/debug.sock',
      name: 'threadcreate',
      debug: flags.debug ?? 0n,
    });
  }
}
