import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { KindError, prefixed } from '../oci/errors.js';
import {
  type BlockIOEntry,
  blockIOOf,
  decodeBlockIOClasses,
  type DeviceNumber,
} from '../oci/spec/blockio.js';
import type { ParsedJson } from '../oci/spec/parse-json.js';
import type { BlockIO } from '../oci/spec/types.js';
import { deviceNumber } from './device-number.js';
import { expandPath } from './expand-path.js';

/**
 * The parameters of a block I/O class (`--blockio-config-file`, `--blockio-class`) for the block devices that are there
 * now; undefined where no class is asked for.
 * @throws KindError in ctr's words for a file that cannot be read or understood, and a class that is not in it
 */
export async function readBlockIOClass(
  file: string | undefined,
  name: string | undefined,
): Promise<BlockIO | undefined> {
  const classes = file === undefined ? new Map<string, readonly BlockIOEntry[]>() : await readClasses(file);
  if (name === undefined) return undefined;
  const entries = classes.get(name);
  if (entries === undefined) {
    const message = `blockio-class error: no OCI BlockIO parameters for class ${JSON.stringify(name)}`;
    const known = [...classes.keys()].map((each) => JSON.stringify(each)).join(', ');
    throw new KindError('not found', message, {
      hint:
        file === undefined
          ? 'define it with --blockio-config-file'
          : `${file} defines ${known === '' ? 'none' : known}`,
    });
  }
  return blockIOOf(entries, blockDevicesAt);
}

async function readClasses(file: string): Promise<ReadonlyMap<string, readonly BlockIOEntry[]>> {
  const quoted = JSON.stringify(file);
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      { ENOENT: 'no such file or directory', EACCES: 'permission denied' }[code ?? ''] ?? message;
    throw new KindError(
      'invalid argument',
      `blockio-config-file error: failed to read config file ${quoted}: open ${file}: ${reason}`,
      { cause: error },
    );
  }
  try {
    return decodeBlockIOClasses(await parseYaml(content));
  } catch (error) {
    const words = `blockio-config-file error: failed to set configuration from file ${quoted}`;
    const failed = prefixed(words, error);
    if (!(failed instanceof KindError)) throw failed;
    throw new KindError(failed.kind, failed.message, {
      cause: error,
      hint: 'YAML or JSON is wanted: {"Classes":{"NAME":[{"Devices":["/dev/sd*"],"ThrottleReadBps":"50M"}]}}',
    });
  }
}

/** YAML, and so JSON too, with whole numbers as bigint. An empty text is null. */
async function parseYaml(text: string): Promise<ParsedJson> {
  const { parse } = await import('./yaml.js');
  try {
    return parse(text, { intAsBigInt: true, mapAsMap: true }) as ParsedJson;
  } catch (error) {
    // The first line says what and where; the others show the text.
    const [reason = ''] = (error as Error).message.split('\n');
    throw new KindError('invalid argument', reason.replace(/:$/, ''), { cause: error });
  }
}

/** The block devices that a path or pattern stands for. */
function blockDevicesAt(pattern: string): readonly DeviceNumber[] {
  const paths = existsSync(pattern) ? [pattern] : expandPath(pattern);
  const nodes = new Set(paths.flatMap((path) => (existsSync(path) ? [realpathSync(path)] : [])));
  return [...nodes].sort().flatMap((node) => {
    const stat = statSync(node, { bigint: true });
    return stat.isBlockDevice() ? [deviceNumber(stat.rdev)] : [];
  });
}
