import { setTimeout as sleep } from 'node:timers/promises';
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
    if (flags.cni && flags['net-host'])
      throw new UsageError('flags --cni and --net-host cannot be specified together', {
        hint: "--cni would connect the machine's own network",
      });
    const { cpus, 'cpuset-cpus': cpusetCpus, 'cpuset-mems': cpusetMems } = flags;
    const spec = await specInput(flags, (flag) => this.given(flag), {
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

  /**
   * Who leaves out the id as docker's users do is told how to say so: `run --rm busybox echo hi`. Where the image is
   * not there either, that comes first.
   */
  private async explained<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const lacksId = error instanceof UsageError && this.words.length === 1 && !this.given('rootfs');
      if (!lacksId && !(error instanceof MissingImageError)) throw error;
      const { dockerFormHint, missingImageHint } = await import('../cli/docker/run-line.js');
      const { program } = this.session;
      const [ref = ''] = this.words;
      const missing = (await this.hasImage(ref)) === false;
      const hint = missing ? missingImageHint(program, this.line) : dockerFormHint(program, this.line);
      if (!lacksId) throw new MissingImageError('not found', error.message, { cause: error, hint });
      const what = missing ? `image ${JSON.stringify(ref)}: not found, and ` : '';
      throw new UsageError(`${what}${error.message}`, { hint });
    }
  }

  /** Whether there is an image of that name, as it is or as docker completes it; undefined where the daemon does not say soon. */
  private async hasImage(ref: string): Promise<boolean | undefined> {
    const late = new AbortController();
    const look = async (): Promise<boolean> => {
      const { findImageByName } = await import('../ops/find-image.js');
      return (await findImageByName(await this.client(), ref)) !== undefined;
    };
    try {
      const waited = sleep(patience, undefined, { signal: late.signal });
      return await Promise.race([look(), waited]);
    } catch {
      return undefined; // what was wrong before is what is told
    } finally {
      late.abort();
    }
  }
}

/** Milliseconds that a hint is worth. */
const patience = 1_000;
