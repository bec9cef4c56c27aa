import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { root } from './lab.js';

/** The results as a page of Markdown. */
export function report(results) {
  const rows = results.map(({ what, tctr, other, target, memory }) => {
    const ratio = tctr.ms / other.ms;
    const fits = memory === undefined || tctr.peak <= memory;
    return [
      what,
      `${tctr.ms.toFixed(0)} ms`,
      `${other.ms.toFixed(0)} ms`,
      ratio.toFixed(2),
      target === undefined ? '' : `≤ ${target}${memory === undefined ? '' : `, < ${memory / 1e6} MB`}`,
      memory === undefined ? '' : `${(tctr.peak / 1e6).toFixed(0)} MB`,
      target === undefined ? '' : ratio <= target && fits ? 'yes' : 'no',
    ];
  });
  const head = ['what', 'tctr', 'against', 'ratio', 'target', 'memory', 'met'];
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `# Benchmarks

${machine()}

Medians of interleaved runs, \`npm run bench\`; the ratio is tctr's time by the other's, in the same run.

${table}

${notes}`;
}

function machine() {
  const revision = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  const releases = ['16', '17', '21'].map((release) => process.env[`TCTR_LAB_VERSION_${release}`]).join(', ');
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} × ${cpus()[0].model}, ${memory} GiB, Linux; load at the end ${loadavg()[0].toFixed(1)}.
tctr at ${revision}, Node.js ${process.version}, containerd ${releases}.`;
}

const notes = `## What would lower them

- Start-up: grpc-js needs Node's own http2, which brings tls and crypto; loading it is a fixed cost. The rest is
  reading the command's chunks and their code cache, and running the tops of the modules that it imports.
- \`container ls\` with 1,000 containers: the answer is one message of 5 MB. Node's start and grpc-js come on top.
- \`image ls\`: two blobs for each image. From a hundred images on they are read from the daemon's own files, and hashed;
  a call of grpc-js costs ten times as much. One image's blobs are read once, however many names it has.
- \`image pull --local\`: the daemon hashes and writes some 180 MB a second for each layer, on a processor each, and
  unpacks one layer after the other. What is left to tctr is to keep both processors busy, and to need little itself.
- A busy machine distorts these ratios: where the load above is far from the number of processors, run again.
`;
