import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, startProcess, type Ended, type Place } from './faults.js';
import { lab } from './lab.js';

/**
 * Has the CNI plugins and their configuration where every caller of CNI looks for them, in mount and network namespaces of
 * its own: the machine's /etc, /opt, /var/lib and interfaces stay as they are. Tells what is left at the end.
 */
const script = `
set -e
mount -t tmpfs tmpfs "$FOLDER/space" && mkdir "$FOLDER/space/upper" "$FOLDER/space/work"
mount -t overlay -o "lowerdir=/etc,upperdir=$FOLDER/space/upper,workdir=$FOLDER/space/work" overlay /etc
mkdir -p /etc/cni/net.d && cp "$FOLDER"/*.conflist /etc/cni/net.d/
mount -t tmpfs tmpfs /opt && mkdir /opt/cni && ln -s "$PLUGINS" /opt/cni/bin
mount -t tmpfs tmpfs /var/lib
status=0
sh -euc "$LINES" || status=$?
cat /proc/net/dev >"$FOLDER/interfaces"
find /var/lib/cni -type f >"$FOLDER/files" 2>/dev/null || :
exit $status
`;

/** What came of lines that were run with a network configured. */
export interface Networked extends Ended {
  /** Interfaces on the host's side. */
  readonly interfaces: readonly string[];
  /** What the plugins and their caller keep of connections: addresses, results. */
  readonly kept: readonly string[];
}

/** The names in a /proc/net/dev, sorted. */
export const interfaceNames = (text: string): readonly string[] =>
  [...text.matchAll(/^ *([^\s|:]+):/gm)].map(([, name]) => name as string).sort();

/**
 * Runs lines of shell in which `$ctr` is the program with its global flags, where containers are connected to
 * a bridge, by the given type of plugin.
 */
export async function withNetwork(
  { daemon, namespace }: Place,
  side: 'ctr' | 'tctr',
  lines: string,
  type = 'bridge',
): Promise<Networked> {
  const folder = mkdtempSync(join(tmpdir(), 'tctr-cni-'));
  try {
    writeFileSync(join(folder, '10-test.conflist'), configuration(type));
    await startProcess('mkdir', [join(folder, 'space')]).ended;
    const words = side === 'ctr' ? [daemon.ctr] : [process.execPath, '--', program];
    const ctr = [...words, '--address', daemon.socket, '--namespace', namespace].join(' ');
    const env = { FOLDER: folder, PLUGINS: lab().cniPlugins, LINES: lines, ctr };
    const ended = await startProcess('unshare', ['--mount', '--net', 'sh', '-c', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    }).ended;
    const read = (name: string): string =>
      readdirSync(folder).includes(name) ? readFileSync(join(folder, name), 'utf8') : '';
    return {
      ...ended,
      interfaces: interfaceNames(read('interfaces')),
      kept: read('files')
        .split('\n')
        .filter((file) => file !== '' && !/\/(?:lock|last_reserved_ip\.\d+)$/.test(file)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const configuration = (type: string): string =>
  JSON.stringify({
    cniVersion: '0.4.0',
    name: 'test',
    plugins: [{ type, bridge: 'tctr-test', ipam: { type: 'host-local', subnet: '10.213.0.0/24' } }],
  });
