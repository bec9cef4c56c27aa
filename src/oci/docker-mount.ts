import { parseCsvRecord } from './csv-record.js';
import { KindError } from './errors.js';
import type { Mount } from './spec/types.js';

/** A mount as docker's flags ask for it. */
export interface DockerMount {
  readonly mount: Mount;
  /** `-v` makes a host folder that is not there, `--mount` does not. */
  readonly createSource: boolean;
}

/** Bind options of `-v` that the OCI spec knows; docker's SELinux and copy options say nothing to it. */
const passed: ReadonlySet<string> = new Set([
  'ro',
  'rw',
  'shared',
  'slave',
  'private',
  'rshared',
  'rslave',
  'rprivate',
]);
const ignored: ReadonlySet<string> = new Set(['z', 'Z', 'nocopy', 'consistent', 'cached', 'delegated']);

/**
 * Reads `-v /host:/container[:ro,…]`; the host's side is not made absolute here.
 * @throws KindError 'invalid argument', 'not implemented' for a volume with a name, or with none
 */
export function parseVolume(text: string): DockerMount {
  const [source = '', destination, options = '', ...more] = text.split(':');
  if (destination === undefined) {
    throw new KindError('not implemented', `${text}: anonymous volumes are not supported`, {
      hint: 'mount a folder: -v /host/folder:/container/folder',
    });
  }
  if (more.length > 0 || source === '' || destination === '')
    throw invalid(`invalid volume specification: '${text}'`);
  if (!/^[./~]/.test(source)) {
    throw new KindError('not implemented', `${text}: named volumes are not supported`, {
      hint: 'mount a folder: -v /host/folder:/container/folder',
    });
  }
  if (!destination.startsWith('/')) {
    throw invalid(`invalid volume specification: '${text}': mount path must be absolute`);
  }
  const wanted = options === '' ? [] : options.split(',').filter((option) => !ignored.has(option));
  const unknown = wanted.find((option) => !passed.has(option));
  if (unknown !== undefined) throw invalid(`invalid mode: ${options}`);
  return { mount: bind(source, destination, wanted), createSource: true };
}

/**
 * Reads docker's `--mount type=bind,source=/a,target=/b,readonly`, and type=tmpfs.
 * @throws KindError 'invalid argument', 'not implemented' for a volume
 */
export function parseMount(text: string): DockerMount {
  const fields = new Map(
    parseCsvRecord(text).map((field) => {
      const equals = field.indexOf('=');
      return equals < 0
        ? [field.toLowerCase(), 'true']
        : [field.slice(0, equals).toLowerCase(), field.slice(equals + 1)];
    }),
  );
  const take = (...names: readonly string[]): string | undefined => {
    const found = names.filter((name) => fields.has(name)).map((name) => fields.get(name));
    names.forEach((name) => fields.delete(name));
    return found[0];
  };
  const type = take('type') ?? 'volume';
  const source = take('source', 'src');
  const destination = take('target', 'dst', 'destination');
  const readOnly = take('readonly', 'ro');
  const propagation = take('bind-propagation');
  const size = take('tmpfs-size');
  const mode = take('tmpfs-mode');
  const [unknown] = fields.keys();
  if (unknown !== undefined) throw invalid(`unexpected key '${unknown}' in '${text}'`);
  if (!destination?.startsWith('/'))
    throw invalid(`invalid argument "${text}" for "--mount" flag: target is required`);
  const access = readOnly === 'true' || readOnly === '1' ? ['ro'] : [];
  switch (type) {
    case 'bind':
      if (!source) throw invalid(`invalid argument "${text}" for "--mount" flag: source is required`);
      return {
        mount: bind(source, destination, [...access, ...(propagation ? [propagation] : [])]),
        createSource: false,
      };
    case 'tmpfs': {
      const options = [...access, ...(size ? [`size=${size}`] : []), ...(mode ? [`mode=${mode}`] : [])];
      return parseTmpfs(`${destination}:${options.join(',')}`);
    }
    default:
      throw new KindError('not implemented', `--mount type=${type} is not supported`, {
        hint: 'use type=bind or type=tmpfs',
      });
  }
}

/** Reads `--tmpfs /path[:size=64m,…]`. @throws KindError 'invalid argument' */
export function parseTmpfs(text: string): DockerMount {
  const colon = text.indexOf(':');
  const destination = colon < 0 ? text : text.slice(0, colon);
  if (!destination.startsWith('/')) throw invalid(`invalid --tmpfs: ${text}: mount path must be absolute`);
  const options =
    colon < 0
      ? []
      : text
          .slice(colon + 1)
          .split(',')
          .filter((option) => option !== '');
  const own = ['noexec', 'nosuid', 'nodev'].filter((option) => !options.includes(option.slice(2)));
  return {
    mount: { type: 'tmpfs', source: 'tmpfs', destination, options: [...own, ...options] },
    createSource: false,
  };
}

function bind(source: string, destination: string, options: readonly string[]): Mount {
  const propagation = options.some((option) => /(?:shared|slave|private)$/.test(option)) ? [] : ['rprivate'];
  return { type: 'bind', source, destination, options: ['rbind', ...options, ...propagation] };
}

function invalid(message: string): KindError {
  return new KindError('invalid argument', message);
}
