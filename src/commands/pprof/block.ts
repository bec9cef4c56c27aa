import { TctrCommand } from '../../cli/command.js';
import { debugFlag, writeProfile } from '../../cli/profile.js';

export class PprofBlock extends TctrCommand {
  static override summary = 'where goroutines wait for each other';
  static override flags = debugFlag;
  static override texts = {
    examples: [['pprof -d /run/containerd/debug.sock block > block.out', 'then: go tool pprof block.out']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(PprofBlock);
    await writeProfile(this.session, {
      socket: this.topicFlag('debug-socket') ?? '/run/containerd/debug.sock',
      name: 'block',
      debug: flags.debug ?? 0n,
    });
  }
}
