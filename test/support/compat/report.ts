import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Mismatch, Pair, Result } from './compare.js';

const tailBytes = 2000;

/** Everything that helps to understand why a case failed. */
export function explain(reasons: readonly string[], mismatches: readonly Mismatch[], pair: Pair): string {
  return [
    ...reasons,
    ...[pair.ctr, pair.tctr].map(side),
    ...mismatches.map(({ what, ctr, tctr }) => `--- ${what}\n${difference(visible(ctr), visible(tctr))}`),
    `--- log of containerd ${pair.ctr.side.daemon.version} (its end)\n${tail(pair.ctr.side.daemon.log)}`,
  ].join('\n');
}

function side({ side: { program, folder }, outcome }: Result): string {
  return [
    `=== ${program}: ${outcome.argv.map(quote).join(' ')}`,
    `in ${folder}, exit ${outcome.status}`,
    ...text('stdout', outcome.stdout),
    ...text('stderr', outcome.stderr),
  ].join('\n');
}

function text(stream: string, bytes: Buffer): readonly string[] {
  return bytes.length === 0 ? [] : [`${stream}:\n${visible(bytes.toString('latin1'))}`];
}

function quote(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** As `cat -A` shows it: line ends as $, tabs as ^I, other controls as ^X or \xNN. */
export function visible(bytes: string): string {
  return bytes
    .replaceAll('\n', '$\n')
    .replaceAll('\t', '^I')
    .replaceAll(/[\x00-\x08\x0b-\x1f]/g, (char) => `^${String.fromCharCode(char.charCodeAt(0) + 64)}`)
    .replaceAll(/[\x7f-\xff]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
}

/** The lines that only one side has. */
function difference(ctr: string, tctr: string): string {
  const [theirs, ours] = [ctr.split('\n'), tctr.split('\n')];
  const only = (mine: readonly string[], others: readonly string[], mark: string): readonly string[] =>
    mine.filter((line) => !others.includes(line)).map((line) => `${mark} ${line}`);
  const rows = [...only(theirs, ours, '- ctr: '), ...only(ours, theirs, '+ tctr:')];
  return rows.length > 0
    ? rows.join('\n')
    : `other order or number of lines\n- ctr:\n${ctr}\n+ tctr:\n${tctr}`;
}

function tail(log: string): string {
  try {
    const { size } = statSync(log);
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    const fd = openSync(log, 'r');
    readSync(fd, bytes, 0, bytes.length, size - bytes.length);
    closeSync(fd);
    return bytes.toString();
  } catch (error) {
    return `unreadable: ${String(error)}`;
  }
}
