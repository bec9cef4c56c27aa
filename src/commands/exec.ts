import { randomBytes } from 'node:crypto';
import { TctrCommand } from '../cli/command.js';
import { withStatus } from '../cli/docker/daemon-error.js';
import { dockerEnvironment } from '../cli/docker/environment.js';
import { requireTerminal } from '../cli/docker/terminal.js';
import { requireWords } from '../cli/docker/words.js';
import { ExitError } from '../cli/errors.js';
import { bool, string, strings } from '../cli/flags.js';
import { sessionStage } from '../cli/stage.js';
import { execProcess } from '../ops/exec-process.js';
import { findContainer } from '../ops/find-container.js';
import { requireRunning } from '../ops/require-running.js';
import { startFailureStatus } from '../ops/runtime-failure.js';

export class Exec extends TctrCommand {
  static override summary = 'run a process in a running container';
  static override grammar = 'docker' as const;
  static override interspersed = false;
  static override flags = {
    detach: bool({ summary: 'leave it running, its output nowhere', aliases: ['d'] }),
    interactive: bool({ summary: 'give it our input', aliases: ['i'] }),
    tty: bool({ summary: 'give it a terminal', aliases: ['t'] }),
    env: strings({
      summary: 'set a variable; without = ours is handed on',
      aliases: ['e'],
      placeholder: 'NAME[=VALUE]',
    }),
    'env-file': strings({ summary: 'read variables from a file', placeholder: 'FILE' }),
    user: string({ summary: 'run it as this user and group', aliases: ['u'], placeholder: 'USER[:GROUP]' }),
    workdir: string({ summary: 'its working directory', aliases: ['w'], placeholder: 'DIR' }),
  };
  static override texts = {
    args: '<container> <command> [<argument>...]',
    description: 'Ends with the status of the process; 126 and 127 if the program cannot be run or found.',
    examples: [
      ['exec -it web sh', 'a shell'],
      ['-n moby exec my-app env', "in docker's container, by its name"],
    ],
    ctr: 'ctr task exec --exec-id ID <container> <command>',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(Exec);
    requireWords(this.words, 2);
    requireTerminal(this.session, flags);
    const [word = '', ...args] = this.words;
    const env = dockerEnvironment(flags['env-file'], flags.env, this.session.env);
    const client = await this.client();
    const { id } = await findContainer(client, word);
    await requireRunning(client, id);
    const execId = randomBytes(16).toString('hex');
    const status = await withStatus(
      this.session,
      (error) => startFailureStatus(error, 1),
      () =>
        execProcess({
          client,
          id,
          execId,
          args,
          cwd: flags.workdir ?? '',
          user: flags.user ?? '',
          env,
          streams: {
            id: execId,
            // In the background nobody would read its terminal, and it would block.
            terminal: flags.tty && !flags.detach,
            detach: flags.detach,
            nullIo: flags.detach,
            logUri: '',
            fifoDir: '',
            defaultLog: '',
            stdin: flags.interactive,
          },
          stage: sessionStage(this.session),
        }),
    );
    if (status !== 0) throw new ExitError(status);
  }
}
