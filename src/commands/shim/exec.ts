import { ExitError, UsageError } from '../../cli/errors.js';
import { bool, string, strings } from '../../cli/flags.js';
import { readText } from '../../cli/read-text.js';
import { ShimCommand, apiVersionFlag } from '../../cli/shim-command.js';
import { sessionStage } from '../../cli/stage.js';
import { prefixed } from '../../oci/errors.js';
import { decodeProcess } from '../../oci/spec/decode.js';
import type { Process } from '../../oci/spec/types.js';
import { shimExec } from '../../ops/shim-exec.js';

export class ShimExec extends ShimCommand {
  static override summary = "run a process in a shim's container";
  static override interspersed = false;
  static override flags = {
    stdin: string({ summary: 'its input, a FIFO that is made if it is not there', placeholder: 'PATH' }),
    stdout: string({ summary: 'its output, likewise', placeholder: 'PATH' }),
    stderr: string({ summary: 'its errors, likewise', placeholder: 'PATH' }),
    tty: bool({ summary: 'give it a terminal', aliases: ['t'] }),
    attach: bool({ summary: 'stay with it, and end with its status', aliases: ['a'] }),
    env: strings({ summary: 'set a variable', aliases: ['e'], placeholder: 'NAME=VALUE' }),
    cwd: string({ summary: 'its working directory (default /)', placeholder: 'DIR' }),
    spec: string({ summary: 'its OCI process, as JSON, in place of a command', placeholder: 'FILE' }),
    ...apiVersionFlag,
  };
  static override texts = {
    args: '<exec-id> [<command> [<argument>...]]',
    description: 'The daemon knows nothing of the process. It runs as root unless --spec says otherwise.',
    examples: [['shim --id web exec --attach look ps', 'though the daemon hangs']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ShimExec);
    const [execId, ...args] = this.words;
    if (!execId) throw new UsageError('exec id must be provided');
    // The shim would start the process, and then find nowhere to show the terminal.
    if (flags.tty && !flags.attach && !flags.stdout) {
      throw new UsageError('a terminal in the background needs --stdout', {
        hint: 'or stay with it: --attach',
      });
    }
    const process = flags.spec
      ? processFile(flags.spec)
      : {
          user: { uid: 0, gid: 0 },
          cwd: flags.cwd || '/',
          args: commandOf(args),
          env: [defaultPath, ...(flags.tty ? ['TERM=xterm'] : []), ...flags.env],
          ...(flags.tty ? { terminal: true } : {}),
        };
    const stdio = {
      stdin: flags.stdin ?? '',
      stdout: flags.stdout ?? '',
      stderr: flags.stderr ?? '',
      terminal: flags.tty,
    };
    const stage = sessionStage(this.session);
    const status = await this.withShim(flags['api-version'], (shim) =>
      shimExec(shim, { id: this.shimId, execId, process, stdio, attach: flags.attach, stage }),
    );
    if (status !== 0) throw new ExitError(status);
  }
}

const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function commandOf(args: readonly string[]): readonly string[] {
  if (args.length > 0) return args;
  throw new UsageError('a command must be provided', { hint: 'behind the exec id, or as --spec FILE' });
}

function processFile(file: string): Process {
  const text = readText(file);
  try {
    return decodeProcess(Buffer.from(text));
  } catch (error) {
    throw prefixed(`cannot read the process in ${file}`, error);
  }
}
