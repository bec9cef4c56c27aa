import { TctrCommand } from '../cli/command.js';
import { containerFlags, runLimitFlags } from '../cli/container-flags.js';
import { specInput, userNamespace } from '../cli/container-request.js';
import { containerSource } from '../cli/container-source.js';
import { createOptions } from '../cli/create-options.js';
import { ExitError, UsageError } from '../cli/errors.js';
import { bool } from '../cli/flags.js';
import { readPlatforms } from '../cli/platforms.js';
import { sessionStage } from '../cli/stage.js';
import { nullIoFlag, streamChoice, streamFlags } from '../cli/stream-flags.js';
import { networkExtension } from '../ops/network-extension.js';
import { MissingImageError } from '../ops/create-container.js';
import { runContainer } from '../ops/run-container.js';

export class Run extends TctrCommand {
  static override summary = 'create a container and run it';
  static override interspersed = false;
  static override flags = {
    rm: bool({ summary: 'delete the container when its process has ended' }),
    ...streamFlags,
    ...nullIoFlag,
    ...containerFlags,
    ...runLimitFlags,
  };
  static override texts = {
    args: '<image|folder> <container> [<command> [<argument>...]]',
    description:
      "ctr's run: a full image name, and an id. With a flag of docker's (-it, --name, -p, -e, -v, …) it reads as " +
      'docker run. Ends with the status of the process.',
    examples: [
      ['run --rm -t docker.io/library/alpine:3 shell sh', 'a shell'],
      ['run -d docker.io/library/nginx:alpine web', 'in the background'],
      ['run -it --rm alpine sh', "the same in docker's words"],
    ],
    docker: 'docker run --name <container> <image>',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(Run);
    const platform = readPlatforms(flags.platform === undefined ? [] : [flags.platform], false)[0];
    const { from, id, args } = await this.explained(() => containerSource(flags, this.words, '', platform));
    if (flags.rm && flags.detach)
      throw new UsageError('flags --detach and --rm cannot be specified together');
    const { cpus, 'cpuset-cpus': cpusetCpus, 'cpuset-mems': cpusetMems } = flags;
    const spec = specInput(flags, (flag) => this.given(flag), {
      cpu: { cpus, cpusetCpus, cpusetMems, shares: flags['cpu-shares'] ?? 1024n },
      withoutHostDevices: flags['privileged-without-host-devices'],
      userNamespace: from.kind === 'image' ? userNamespace(flags) : undefined,
    });
    const client = await this.client();
    const status = await this.explained(() =>
      runContainer({
        create: {
          client,
          id,
          from,
          args,
          spec,
          remapLabels: flags['remap-labels'],
          syncFs: flags['sync-fs'],
          ...(flags.cni ? { extensions: networkExtension } : {}),
          ...createOptions(this.session, flags),
        },
        streams: streamChoice(flags, { namespace: client.namespace, id, terminal: flags.tty }),
        remove: flags.rm,
        noPivot: flags['no-pivot'],
        pidFile: flags['pid-file'] ?? '',
        stage: sessionStage(this.session),
      }),
    );
    if (status !== 0) throw new ExitError(status);
  }

  /** Who leaves out the id as docker's users do is told how to say so: `run --rm busybox echo hi`. */
  private async explained<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const lacksId = error instanceof UsageError && this.words.length === 1;
      if (!lacksId && !(error instanceof MissingImageError)) throw error;
      const { dockerFormHint, missingImageHint } = await import('../cli/docker/run-line.js');
      const { program } = this.session;
      if (lacksId) throw new UsageError(error.message, { hint: dockerFormHint(program, this.line) });
      const hint = missingImageHint(program, this.line);
      throw new MissingImageError(error.kind, error.message, { cause: error, hint });
    }
  }
}
