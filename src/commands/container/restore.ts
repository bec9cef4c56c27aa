import { TctrCommand } from '../../cli/command.js';
import { ExitError, UsageError } from '../../cli/errors.js';
import { fetchQuietly } from '../../cli/fetch-quietly.js';
import { bool } from '../../cli/flags.js';
import { sessionStage } from '../../cli/stage.js';
import { streamChoice } from '../../cli/stream-flags.js';
import { runRestored } from '../../ops/run-restored.js';

export class ContainerRestore extends TctrCommand {
  static override summary = 'make a container from a checkpoint, and start it';
  static override flags = {
    rw: bool({ summary: 'with the files that it had written' }),
    live: bool({ summary: 'go on where its process was (needs criu where containerd runs)' }),
  };
  static override texts = {
    args: '<container> <ref>',
    description:
      'Without --live its process starts anew. A container with a terminal is attached; others run in the background. A ' +
      'checkpoint that is not here is fetched. Nothing is left of a restore that fails.',
    examples: [['container restore --live --rw web2 localhost/web:paused', 'go on as web2']],
    docker: 'docker start --checkpoint paused web',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContainerRestore);
    const [id, ref] = this.words;
    if (!id) throw new UsageError('container id must be provided');
    if (!ref) throw new UsageError('ref must be provided');
    const client = await this.client();
    const { namespace } = client;
    const status = await runRestored({
      client,
      id,
      ref,
      fetch: () => fetchQuietly(this.session, client, ref),
      written: flags.rw,
      live: flags.live,
      streams: (terminal) =>
        streamChoice(
          { json: undefined, detach: !terminal, 'log-uri': undefined, 'fifo-dir': undefined },
          { namespace, id, terminal },
        ),
      stage: sessionStage(this.session),
    });
    if (status !== 0) throw new ExitError(status);
  }
}
