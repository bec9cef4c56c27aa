import { TctrCommand } from '../../cli/command.js';
import { ExitError, UsageError } from '../../cli/errors.js';
import { bool, string } from '../../cli/flags.js';
import { sessionStage } from '../../cli/stage.js';
import { streamChoice, streamFlags } from '../../cli/stream-flags.js';
import { execProcess } from '../../ops/exec-process.js';
import { taskLogUri } from '../../ops/task-log.js';

export class TaskExec extends TctrCommand {
  static override summary = 'run a process in a running container';
  static override interspersed = false;
  static override flags = {
    'exec-id': string({ summary: 'a name for the process (required)', placeholder: 'ID' }),
    tty: bool({ summary: 'give it a terminal', aliases: ['t'] }),
    cwd: string({ summary: 'its working directory', placeholder: 'DIR' }),
    user: string({ summary: 'run it as this user and group', placeholder: 'USER[:GROUP]' }),
    ...streamFlags,
  };
  static override texts = {
    args: '<container> <command> [<argument>...]',
    description: 'Ends with the status of the process.',
    examples: [
      ['task exec --exec-id 0 -t nginx sh', 'a shell'],
      ['task exec --exec-id 1 nginx ls -la', 'flags behind the container are the command’s'],
    ],
    docker: 'docker exec -it nginx sh',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(TaskExec);
    const execId = flags['exec-id'];
    if (!this.given('exec-id') || execId === undefined) {
      throw new UsageError('Required flag "exec-id" not set', { showHelp: this.words.length === 0 });
    }
    if (execId === '') throw new UsageError('exec id must not be empty: invalid argument');
    const [id, ...args] = this.words;
    if (!id) throw new UsageError('container id must be provided');
    const client = await this.client();
    const status = await execProcess({
      client,
      id,
      execId,
      args,
      cwd: flags.cwd ?? '',
      user: flags.user ?? '',
      env: [],
      streams: {
        ...streamChoice(flags, { namespace: client.namespace, id: execId, terminal: flags.tty }),
        defaultLog: taskLogUri({ namespace: client.namespace, id, execId }),
      },
      stage: sessionStage(this.session),
    });
    if (status !== 0) throw new ExitError(status);
  }
}
