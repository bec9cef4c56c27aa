import { spawn } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';

/** @typedef {{ name: string, argv: string[], input?: string, before?: () => Promise<void> }} Variant */

/**
 * Runs the variants in turn, in changing order, so that what else the machine does hits all alike; the
 * first round, which fills caches, does not count. Gives each one's medians.
 */
export async function measure(rounds, variants) {
  const samples = new Map(variants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    const order = round % 2 === 0 ? variants : [...variants].reverse();
    for (const variant of order) {
      const sample = await runOnce(variant);
      if (round > 0) samples.get(variant.name).push(sample);
    }
  }
  return new Map(
    [...samples].map(([name, list]) => [
      name,
      { ms: median(list.map(({ ms }) => ms)), peak: Math.max(...list.map(({ peak }) => peak)) },
    ]),
  );
}

let current;

/** Ends the run under way, and with it the benchmark: it fails, and cleans up behind itself. */
export function stop() {
  current?.kill();
}

/** Milliseconds from start to exit with all output read, and the peak of its memory in bytes where `watch` asks. */
async function runOnce({ argv, input, before, watch = false }) {
  await before?.();
  const env = { ...process.env };
  delete env.NODE_EXTRA_CA_CERTS; // costs Node.js some 30 ms, and ctr nothing
  const started = performance.now();
  const child = spawn(argv[0], argv.slice(1), { env, stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'] });
  current = child;
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  child.stdout.resume();
  if (input) createReadStream(input, { highWaterMark: 1 << 20 }).pipe(child.stdin);
  let peak = 0;
  const timer = watch ? setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 50) : undefined;
  const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearInterval(timer);
  await finished(child.stdout).catch(() => undefined);
  const ms = performance.now() - started;
  if (status !== 0) throw new Error(`${argv.join(' ')}: status ${status}\n${errors}`);
  return { ms, peak };
}

function peakOf(pid) {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0; // gone
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
