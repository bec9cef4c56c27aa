import { TctrCommand } from '../cli/command.js';
import { requireWords } from '../cli/docker/words.js';
import { UsageError } from '../cli/errors.js';
import { bool, stringOr } from '../cli/flags.js';
import type { Output } from '../cli/streams.js';
import { findContainer } from '../ops/find-container.js';
import { readLog } from '../ops/read-log.js';
import { safe } from '../output/safe.js';

export class Logs extends TctrCommand {
  static override summary = 'show the output of a container';
  static override grammar = 'docker' as const;
  static override flags = {
    follow: bool({ summary: 'go on until its process has ended', aliases: ['f'] }),
    tail: stringOr('all', { summary: 'the last N lines only', aliases: ['n'], placeholder: 'N' }),
    timestamps: bool({ summary: 'with the time of each line, where the log has it', aliases: ['t'] }),
  };
  static override texts = {
    args: '<container>',
    description:
      "Reads what run -d keeps, docker's json-file, nerdctl's, and Kubernetes' logs. A container of the foreground " +
      'has none. On a terminal only colours of what could control it are let through.',
    examples: [
      ['logs -f --tail 20 web', 'the last lines, and what comes'],
      ['-n k8s.io logs default/web-0/app', "a pod's"],
    ],
  } as const;

  async run(): Promise<void> {
    const { follow, tail, timestamps } = await this.flags(Logs);
    requireWords(this.words, 1, 1);
    const last = lines(tail);
    const client = await this.client();
    const container = await findContainer(client, this.words[0] ?? '');
    const { streams, signal } = this.session;
    let warned = false;
    for await (const { stream, time, bytes } of readLog({
      client,
      container,
      follow,
      tail: last,
      signal,
    })) {
      if (timestamps && time === undefined && !warned) {
        warned = true;
        this.diagnostics.warning('this log has no times');
      }
      const prefix = timestamps && time !== undefined ? `${safe(time)} ` : '';
      show(streams[stream], prefix, bytes);
    }
  }
}

function lines(text: string): number | undefined {
  if (text === 'all' || /^-\d+$/.test(text)) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`invalid value ${JSON.stringify(text)} for --tail`);
  return Number(text);
}

/** Off a terminal the bytes are handed on as they are. */
function show(output: Output, prefix: string, bytes: Uint8Array): void {
  if (prefix !== '') output.write(prefix);
  output.write(output.isTTY ? harmless(Buffer.from(bytes).toString('utf8')) : bytes);
}

/** A log may hold what another has written to move the cursor, or to ask the terminal: colours only. */
function harmless(text: string): string {
  return text
    .split(/(\u001b\[[\d;]{0,40}m)/)
    .map((part, place) => (place % 2 === 1 ? part : safe(part, '\n\r\t')))
    .join('');
}
