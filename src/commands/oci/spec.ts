import { TctrCommand } from '../../cli/command.js';
import { string } from '../../cli/flags.js';
import { KindError, prefixed } from '../../oci/errors.js';
import { validateIdentifier } from '../../oci/identifier.js';
import { defaultPlatform, parsePlatform } from '../../oci/platform.js';
import { decodeSpec } from '../../oci/spec/decode.js';
import { defaultSpecFor } from '../../oci/spec/default-for.js';
import { encodeSpec } from '../../oci/spec/encode.js';
import { formatJson, type JsonValue } from '../../output/json.js';

export class OciSpec extends TctrCommand {
  static override summary = 'print the spec that containers start from';
  static override flags = {
    platform: string({ summary: 'of this platform (default the host)', placeholder: 'OS[/ARCH]' }),
  };
  static override texts = {
    description: 'No daemon is asked.',
    examples: [
      ['oci spec > spec.json', 'to change, and give to container create --config'],
      ['oci spec --platform windows/amd64', 'as it is for Windows'],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(OciSpec);
    const { namespace } = this.session.globals;
    try {
      const { os } = flags.platform ? parsePlatform(flags.platform) : defaultPlatform();
      checkNamespace(namespace);
      const spec = encodeSpec(defaultSpecFor(os, { namespace, id: '' }));
      // Decoded again, what is null in it is null.
      const shown: JsonValue = decodeSpec(Buffer.from(spec));
      this.print(`${formatJson(shown, { indent: 4, terminalSafe: true })}\n`);
    } catch (error) {
      throw prefixed('failed to generate spec', error);
    }
  }
}

function checkNamespace(namespace: string): void {
  if (namespace === '') {
    throw new KindError('failed precondition', 'namespace is required: failed precondition');
  }
  try {
    validateIdentifier(namespace);
  } catch (error) {
    throw prefixed('namespace validation', error);
  }
}
