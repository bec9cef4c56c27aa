import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { daemon, inNamespace, registry } from './lab.js';
import { measure } from './measure.js';

const bytes = 1e9;

/** 1 GB through a container's input and output, and 1 GB of output alone. */
export async function streams({ rounds = 20 }) {
  const lab = daemon('17');
  const folder = mkdtempSync(join(tmpdir(), 'tctr-bench-'));
  const input = join(folder, 'input');
  writeFileSync(input, '');
  truncateSync(input, bytes);
  try {
    return await inNamespace(lab, async ({ namespace }) => {
      const ref = `${registry()}/library/busybox:latest`;
      const pulled = lab.ctr('-n', namespace, 'image', 'pull', '--plain-http', ref);
      execFileSync(pulled[0], pulled.slice(1), { stdio: 'ignore' });
      const both = async (args, extra) => {
        const run = ['-n', namespace, 'run', '--rm', ref, 'bench-streams', ...args];
        const { tctr, ctr } = Object.fromEntries(
          await measure(rounds, [
            { name: 'tctr', argv: lab.tctr(...run), ...extra },
            { name: 'ctr', argv: lab.ctr(...run), ...extra },
          ]),
        );
        return { tctr, other: ctr };
      };
      return [
        { what: '`run` of `cat`, 1 GB in and out', ...(await both(['cat'], { input })), target: 1.5 },
        {
          what: '`run` with 1 GB of output',
          ...(await both(['head', '-c', String(bytes), '/dev/zero'], {})),
          target: 1.5,
        },
      ];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
