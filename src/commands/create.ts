import { TctrCommand } from '../cli/command.js';
import { dockerContainerFlags } from '../cli/docker/container-flags.js';
import { dockerCreate } from '../cli/docker/create-request.js';
import { requireWords } from '../cli/docker/words.js';
import { createContainer } from '../ops/create-container.js';

export class Create extends TctrCommand {
  static override summary = 'create a container without starting it';
  static override grammar = 'docker' as const;
  static override interspersed = false;
  static override flags = dockerContainerFlags;
  static override texts = {
    args: '<image> [<command> [<argument>...]]',
    description: 'Prints the id; start starts it.',
    examples: [['create --name web nginx:alpine', 'then: start web']],
    ctr: 'ctr container create',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(Create);
    requireWords(this.words, 1);
    const { create } = await dockerCreate(this.session, flags, this.words);
    await createContainer({ ...create, onCreated: () => void this.session.interrupts.takeOver() });
    this.print(`${create.id}\n`);
  }
}
