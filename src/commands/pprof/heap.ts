import { TctrCommand } from '../../cli/command.js';
import { debugFlag, writeProfile } from '../../cli/profile.js';

export class PprofHeap extends TctrCommand {
  static override summary = 'what memory is held';
  static override flags = debugFlag;
  static override texts = {
    examples: [['pprof -d /run/containerd/debug.sock heap > heap.out', 'then: go tool pprof heap.out']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(PprofHeap);
    await writeProfile(this.session, {
      socket: this.topicFlag('debug-socket') ?? '/run/containerd/debug.sock',
      name: 'heap',
      debug: flags.debug ?? 0n,
    });
  }
}
