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

- Start-up: about half of what tctr adds to bare Node.js is loading Node's own http2 (with tls and crypto
  below it), which grpc-js needs; the rest is reading and compiling the bundle from its code cache.
- \`container ls\` with 1,000 containers: the answer is one message of 5 MB. Node's start and grpc-js, which
  puts a message together from HTTP/2 frames, cost more than decoding it and drawing the table.
- \`image ls\`: two calls for each image, and half a millisecond of grpc-js for each call. One image's blobs
  are read once, however many names it has, where ctr asks for every name again.
`;
