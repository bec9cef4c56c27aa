import { TctrCommand } from '../../cli/command.js';
import { containerFlags } from '../../cli/container-flags.js';
import { containerSource } from '../../cli/container-source.js';
import { createOptions } from '../../cli/create-options.js';
import { specInput } from '../../cli/container-request.js';
import { createContainer } from '../../ops/create-container.js';

export class ContainerCreate extends TctrCommand {
  static override summary = 'create a container without starting it';
  static override interspersed = false;
  static override flags = containerFlags;
  static override texts = {
    args: '<image|folder> <container> [<command> [<argument>...]]',
    description: 'task start starts it. With --config there is no image: <container> only.',
    examples: [
      ['container create docker.io/library/nginx:alpine nginx', 'then: task start -d nginx'],
      [
        'container create --env A=1 --mount type=bind,src=/srv,dst=/srv,options=rbind:ro IMAGE web',
        'with a mount',
      ],
    ],
    docker: 'docker create --name nginx nginx:alpine',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContainerCreate);
    const { from, id, args } = containerSource(flags, this.words, ': invalid argument');
    const spec = await specInput(flags, (flag) => this.given(flag));
    await createContainer({
      client: await this.client(),
      id,
      from,
      args,
      spec,
      ...createOptions(this.session, flags),
      onCreated: () => void this.session.interrupts.takeOver(),
    });
  }
}
