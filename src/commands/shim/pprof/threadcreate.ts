import { TctrCommand } from '../../../cli/command.js';
import { debugFlag, writeProfile } from '../../../cli/profile.js';
import { debugSocketOf } from '../../../cli/shim-socket.js';

export class ShimPprofThreadcreate extends TctrCommand {
  static override summary = 'what has made threads';
  static override flags = debugFlag;
  static override texts = {
    examples: [
      ['shim --id web pprof threadcreate > threadcreate.out', 'then: go tool pprof threadcreate.out'],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ShimPprofThreadcreate);
    await writeProfile(this.session, {
      socket: debugSocketOf(this.session, this.topicFlag('id')),
      name: 'threadcreate',
      debug: flags.debug ?? 0n,
    });
  }
}
