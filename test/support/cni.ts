import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, startProcess, type Place, type Running } from './faults.js';

/** A machine's CNI with one network, whose only plugin writes down what it is asked: for tctrs that run in it alone. */
export interface CniBench {
  /** Starts a tctr that finds it. */
  readonly start: (place: Place, words: readonly string[]) => Running;
  /** What the plugin was asked, a line each: the command, the container's id, the interface. */
  readonly asked: () => readonly string[];
  /** Whether a connection is kept for later. */
  readonly kept: () => Promise<boolean>;
  /** The journals of tctrs that ran in it; those outside, which know no network, do not see them. */
  readonly journals: () => readonly string[];
  /** Makes the plugin wait when it is to connect, until it is called again with false. */
  readonly hold: (held: boolean) => void;
  readonly close: () => Promise<void>;
}

const network = { cniVersion: '0.4.0', name: 'bench', plugins: [{ type: 'recorder' }] };

/** Makes a mount namespace of its own with it: nothing of the machine's /etc, /opt and /var/lib is changed. */
export async function startCni(): Promise<CniBench> {
  const folder = mkdtempSync(join(tmpdir(), 'cni-bench-'));
  const at = (...names: readonly string[]): string => join(folder, ...names);
  mkdirSync(at('layers'));
  mkdirSync(at('journals'), { mode: 0o700 });
  writeFileSync(at('asked'), '');
  writeFileSync(at('network.conflist'), JSON.stringify(network));
  writeFileSync(at('recorder'), plugin(folder), { mode: 0o755 });
  writeFileSync(at('setup'), setup(folder));
  const holder = startProcess('unshare', ['--mount', 'sh', '-e', at('setup')], { deadline: 600_000 });
  const [ready] = (await once(holder.child.stdout!, 'data')) as [Buffer];
  if (ready.toString() !== 'ready\n') throw new Error(`no CNI: ${(await holder.ended).stderr}`);
  const inside = (line: readonly string[]): Running =>
    startProcess('nsenter', [`--mount=/proc/${holder.pid}/ns/mnt`, '--', ...line]);
  return {
    start: (place, words) => inside(commandLine(place, words)),
    asked: () => readFileSync(at('asked'), 'utf8').split('\n').filter(Boolean),
    kept: async () => (await inside(['ls', '/var/lib/cni/results']).ended).stdout.length > 0,
    journals: () => readdirSync(at('journals')),
    hold(held) {
      if (held) writeFileSync(at('held'), '');
      else if (existsSync(at('held'))) rmSync(at('held'));
    },
    async close() {
      rmSync(at('held'), { force: true });
      holder.child.kill('SIGKILL');
      await holder.ended;
      rmSync(folder, { recursive: true });
    },
  };
}

const plugin = (folder: string): string => `#!/bin/sh
cat > /dev/null
echo "$CNI_COMMAND $CNI_CONTAINERID $CNI_IFNAME" >> '${folder}/asked'
[ "$CNI_COMMAND" = ADD ] || exit 0
while [ -e '${folder}/held' ]; do sleep 0.05; done
echo '{"cniVersion":"0.4.0","interfaces":[{"name":"eth0"}],"ips":[{"version":"4","interface":0,"address":"10.9.9.9/24"}]}'
`;

// The upper layers are on a file system of their own: the folder may itself be on an overlay, which cannot be one.
const setup = (folder: string): string => `
mount -t tmpfs none '${folder}/layers'
for name in etc opt; do
  mkdir -p "${folder}/layers/$name/upper" "${folder}/layers/$name/work"
  mount -t overlay none "/$name" -o "lowerdir=/$name,upperdir=${folder}/layers/$name/upper,workdir=${folder}/layers/$name/work"
done
mount -t tmpfs none /var/lib
mkdir -p -m 700 /run/tctr
mount --bind '${folder}/journals' /run/tctr
rm -rf /etc/cni /opt/cni
mkdir -p /etc/cni/net.d /opt/cni/bin /var/lib/cni/results
cp '${folder}/network.conflist' /etc/cni/net.d/10-bench.conflist
cp -p '${folder}/recorder' /opt/cni/bin/recorder
echo ready
exec sleep 1000
`;
