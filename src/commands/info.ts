import { TctrCommand } from '../cli/command.js';
import { formatJson } from '../output/json.js';

export class Info extends TctrCommand {
  static override summary = 'show the daemon: its uuid, pid and deprecations';
  static override texts = { examples: [['info', 'as JSON']], docker: 'docker info' } as const;

  async run(): Promise<void> {
    const client = await this.client();
    const { uuid, pid, pidns, deprecations } = await client.introspection.server();
    const server = {
      ...(uuid === '' ? {} : { uuid }),
      ...(pid === 0n ? {} : { pid }),
      ...(pidns === 0n ? {} : { pidns }),
      ...(deprecations.length === 0 ? {} : { deprecations: deprecations.map(deprecationJson) }),
    };
    this.print(`${formatJson({ server }, { indent: 4, terminalSafe: true })}\n`);
  }
}

function deprecationJson(entry: {
  readonly id: string;
  readonly message: string;
  readonly lastOccurrence: { readonly seconds: bigint; readonly nanos: number } | undefined;
}) {
  const { id, message, lastOccurrence } = entry;
  return { id, message, ...(lastOccurrence ? { last_occurrence: { ...lastOccurrence } } : {}) };
}
