import { TctrCommand } from '../cli/command.js';
import { UsageError } from '../cli/errors.js';
import { safe } from '../output/safe.js';
import { revision, version } from '../version.js';

export class VersionShow extends TctrCommand {
  static override summary = "show the client's and the daemon's version";
  static override texts = { examples: [['version', 'both']], docker: 'docker version' } as const;

  async run(): Promise<void> {
    // ctr: `ctr version a b`
    if (this.words.length > 0) throw new UsageError(`extra arguments: &[${this.words.join(' ')}]`);
    this.print(
      `Client:\n  Version:  ${version}\n  Revision: ${revision}\n  Node version: ${process.version}\n\n`,
    );
    const client = await this.client();
    const [server, introspected] = await Promise.all([client.version.get(), client.introspection.server()]);
    this.print(
      `Server:\n  Version:  ${safe(server.version)}\n  Revision: ${safe(server.revision)}\n  UUID: ${safe(introspected.uuid)}\n`,
    );
  }
}
