import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { prefixed } from '../../oci/errors.js';
import { lacking } from '../../ops/lacking.js';
import { formatJson } from '../../output/json.js';
import { sandboxInfo } from '../../views/sandbox-info.js';

export class SandboxInfo extends TctrCommand {
  static override summary = "show a sandbox's record as JSON";
  static override aliases = ['i'];
  static override texts = {
    args: '<sandbox>',
    examples: [['sandbox info web', 'its runtime, spec and labels']],
  } as const;

  async run(): Promise<void> {
    const id = this.words[0] ?? '';
    if (id === '') throw new UsageError('sandbox id must be provided: invalid argument');
    const client = await this.client();
    try {
      const sandbox = await client.sandboxes.get(id);
      this.print(`${formatJson(sandboxInfo(sandbox), { indent: 4, terminalSafe: true })}\n`);
    } catch (error) {
      throw prefixed(`failed to load sandbox ${id}`, lacking(error, '1.7'));
    }
  }
}
