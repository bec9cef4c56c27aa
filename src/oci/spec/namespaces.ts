import { KindError } from '../errors.js';
import { mergeEnv } from './env.js';
import type { LinuxNamespace, LinuxSpec, Mount } from './types.js';
import { withLinux, withProcess } from './update.js';

const types: ReadonlySet<string> = new Set(['pid', 'network', 'uts', 'mount', 'user', 'ipc', 'cgroup']);

/** Parses a `--with-ns` value. @throws KindError 'invalid argument' with ctr's text */
export function parseNamespace(text: string): LinuxNamespace {
  const colon = text.indexOf(':');
  if (colon === -1) {
    const message = "joining a Linux namespace using --with-ns requires the format 'nstype:path'";
    throw new KindError('invalid argument', message);
  }
  const type = text.slice(0, colon);
  if (!types.has(type)) {
    const message = `the Linux namespace type specified in --with-ns is not valid: ${type}`;
    throw new KindError('invalid argument', message);
  }
  return { type, path: text.slice(colon + 1) };
}

/** Joins a namespace, in place of one of the same type. */
export function withNamespace(spec: LinuxSpec, namespace: LinuxNamespace): LinuxSpec {
  const present = spec.linux.namespaces ?? [];
  const place = present.findIndex(({ type }) => type === namespace.type);
  const namespaces = place === -1 ? [...present, namespace] : present.with(place, namespace);
  return withLinux(spec, { namespaces });
}

/** The host's network, name and resolver (`--net-host`). */
export function withHostNetwork(spec: LinuxSpec, hostname: string): LinuxSpec {
  const namespaces = (spec.linux.namespaces ?? []).filter(({ type }) => type !== 'network');
  const joined = withLinux(spec, { namespaces });
  const env = mergeEnv(joined.process.env ?? [], [`HOSTNAME=${hostname}`]);
  const mounts = [...joined.mounts, bindFromHost('/etc/hosts'), bindFromHost('/etc/resolv.conf')];
  return withProcess({ ...joined, mounts }, { env });
}

function bindFromHost(path: string): Mount {
  return { destination: path, type: 'bind', source: path, options: ['rbind', 'ro'] };
}
