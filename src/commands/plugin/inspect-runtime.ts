import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool, string, stringOr } from '../../cli/flags.js';
import { packRuncOptions, packRuntimeOptions } from '../../client/runtime-options.js';
import type { Any } from '../../client/typeurl.js';
import { lacking } from '../../ops/lacking.js';
import { formatJson } from '../../output/json.js';
import { runtimeInfo } from '../../views/runtime-info.js';

const runc = 'io.containerd.runc.v2';

export class PluginInspectRuntime extends TctrCommand {
  static override summary = 'show what a runtime can do (containerd 2.0 and later)';
  static override flags = {
    runtime: stringOr(runc, { summary: `the runtime (default ${runc})`, placeholder: 'NAME|PATH' }),
    'runtime-config-path': string({ summary: "the runtime's configuration", placeholder: 'FILE' }),
    'runc-binary': string({ summary: 'the runc to use', placeholder: 'FILE' }),
    'runc-root': string({ summary: "runc's state folder", placeholder: 'DIR' }),
    'runc-systemd-cgroup': bool({ summary: 'let systemd make the cgroup' }),
  };
  static override texts = {
    examples: [['plugin inspect-runtime --runc-binary /usr/bin/crun', 'what crun can do']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(PluginInspectRuntime);
    const options = this.options(flags);
    const client = await this.client();
    try {
      const info = await client.introspection.runtimeInfo(flags.runtime, options);
      this.print(`${formatJson(runtimeInfo(info), { indent: 4, terminalSafe: true })}\n`);
    } catch (error) {
      throw lacking(error, '2.0');
    }
  }

  private options(flags: {
    readonly runtime: string;
    readonly 'runtime-config-path'?: string | undefined;
    readonly 'runc-binary'?: string | undefined;
    readonly 'runc-root'?: string | undefined;
    readonly 'runc-systemd-cgroup': boolean;
  }): Any | undefined {
    const binaryName = flags['runc-binary'] ?? '';
    const systemdCgroup = flags['runc-systemd-cgroup'];
    if (flags.runtime === runc) {
      if (systemdCgroup) {
        // ctr: `ctr plugins inspect-runtime --runc-systemd-cgroup` asks for a flag that it has not got.
        throw new UsageError(
          'option --runc-systemd-cgroup requires --cgroup to be set, e.g. "machine.slice:foo:deadbeef"',
        );
      }
      return packRuncOptions({ binaryName, root: flags['runc-root'] ?? '' });
    }
    if (binaryName !== '' || systemdCgroup) {
      throw new UsageError(
        `specifying runc-binary and runc-systemd-cgroup is only supported for "${runc}" runtime`,
      );
    }
    const path = flags['runtime-config-path'] ?? '';
    return path === '' ? undefined : packRuntimeOptions(path);
  }
}
