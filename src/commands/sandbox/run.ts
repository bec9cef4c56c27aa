import { TctrCommand } from '../../cli/command.js';
import { HelpWanted } from '../../cli/errors.js';
import { stringOr } from '../../cli/flags.js';
import { readText } from '../../cli/read-text.js';
import { prefixed } from '../../oci/errors.js';
import { decodeSpec } from '../../oci/spec/decode.js';
import { encodeSpec } from '../../oci/spec/encode.js';
import { runSandbox } from '../../ops/run-sandbox.js';

export class SandboxRun extends TctrCommand {
  static override summary = 'make a sandbox and start it';
  static override aliases = ['create', 'c', 'r'];
  static override flags = {
    runtime: stringOr('io.containerd.runc.v2', {
      summary: 'the runtime, one that knows sandboxes (default io.containerd.runc.v2)',
      placeholder: 'NAME',
    }),
  };
  static override texts = {
    args: '<pod-config.json> <sandbox>',
    description: 'The configuration is an OCI runtime spec. A sandbox that does not start is removed again.',
    examples: [['sandbox run --runtime io.containerd.kata.v2 pod.json web', 'a virtual machine for a pod']],
  } as const;

  async run(): Promise<void> {
    const { runtime } = await this.flags(SandboxRun);
    const [file, id] = this.words;
    if (file === undefined || id === undefined || this.words.length !== 2) throw new HelpWanted();
    const text = said('failed to read sandbox config', () => readText(file));
    const spec = said('failed to parse sandbox config', () => encodeSpec(decodeSpec(Buffer.from(text))));
    await runSandbox({ client: await this.client(), id, runtime, spec });
  }
}

function said<T>(words: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw prefixed(words, error);
  }
}
