import { TctrCommand } from '../../cli/command.js';
import { dockerContainerFlags } from '../../cli/docker/container-flags.js';
import { dockerCreate } from '../../cli/docker/create-request.js';
import { withStatus } from '../../cli/docker/daemon-error.js';
import { requireTerminal } from '../../cli/docker/terminal.js';
import { requireWords } from '../../cli/docker/words.js';
import { ExitError, UsageError } from '../../cli/errors.js';
import { bool, string } from '../../cli/flags.js';
import { sessionStage } from '../../cli/stage.js';
import { recordExit } from '../../ops/exit-label.js';
import { runContainer } from '../../ops/run-container.js';
import { startFailureStatus } from '../../ops/runtime-failure.js';

export class DockerRun extends TctrCommand {
  static override summary = 'create a container from an image and run it';
  static override grammar = 'docker' as const;
  static override interspersed = false;
  static override flags = {
    detach: bool({ summary: 'leave it running in the background, and print its id', aliases: ['d'] }),
    rm: bool({ summary: 'delete the container when its process has ended' }),
    'pid-file': string({ summary: 'write the process id to a file', placeholder: 'FILE' }),
    ...dockerContainerFlags,
  };
  static override texts = {
    args: '<image> [<command> [<argument>...]]',
    description:
      'The name is the id. A missing image is pulled. Without --network host a container has a network of its own ' +
      'with a loopback and nothing else: there is no CNI here. Output of -d goes to a file: tctr logs. ' +
      'Ends with the status of the process; 125 if tctr fails, 126 and 127 if the program cannot be run or found.',
    examples: [
      ['run -it --rm alpine:3 sh', 'a shell'],
      ['run -d --name web --network host -v /srv:/usr/share/nginx/html:ro nginx:alpine', 'a server'],
    ],
    ctr: 'ctr run docker.io/library/alpine:3 NAME sh',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(DockerRun);
    await withStatus(
      this.session,
      () => 125,
      () => this.check(flags),
    );
    await withStatus(
      this.session,
      () => 1,
      () => Promise.resolve(requireTerminal(this.session, flags)),
    );
    const status = await withStatus(
      this.session,
      (error) => startFailureStatus(error, 125),
      async () => {
        const { create, log } = await dockerCreate(this.session, flags, this.words);
        const { client, id } = create;
        const ended = await runContainer({
          create,
          streams: {
            id,
            terminal: flags.tty,
            detach: flags.detach,
            nullIo: false,
            logUri: '',
            fifoDir: '',
            defaultLog: log,
            stdin: flags.interactive,
          },
          remove: flags.rm,
          noPivot: false,
          pidFile: flags['pid-file'] ?? '',
          stage: sessionStage(this.session),
        });
        if (flags.detach) this.print(`${id}\n`);
        else if (!flags.rm) await recordExit(client, id, ended);
        return ended;
      },
    );
    if (status !== 0) throw new ExitError(status);
  }

  private check(flags: {
    readonly detach: boolean;
    readonly rm: boolean;
    readonly restart: string;
  }): Promise<void> {
    requireWords(this.words, 1);
    if (flags.rm && flags.restart !== 'no') {
      throw new UsageError('conflicting options: cannot specify both --restart and --rm');
    }
    if (flags.rm && flags.detach) {
      throw new UsageError('--rm with --detach is not supported: nobody would be there to delete it');
    }
    return Promise.resolve();
  }
}
