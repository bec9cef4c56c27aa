import { TctrCommand } from '../../cli/command.js';
import { debugFlag, writeProfile } from '../../cli/profile.js';

export class PprofGoroutines extends TctrCommand {
  static override summary = 'the stacks of all goroutines';
  static override flags = debugFlag;
  static override texts = {
    examples: [['pprof -d /run/containerd/debug.sock goroutines | less', 'to read']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(PprofGoroutines);
    await writeProfile(this.session, {
      socket: this.topicFlag('debug-socket') ?? '/run/containerd/debug.sock',
      name: 'goroutine',
      debug: flags.debug ?? 2n,
    });
  }
}
