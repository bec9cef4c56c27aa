import { readFileSync, readdirSync } from 'node:fs';

/** Whether a containerd shim runs for a container, known to the daemon or not: by its command line. */
export function hasShim({ namespace, id }: { readonly namespace: string; readonly id: string }): boolean {
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && isShimOf(name, namespace, id));
}

function isShimOf(pid: string, namespace: string, id: string): boolean {
  const [program = '', ...args] = commandLine(pid);
  const value = (flag: string): string | undefined => args[args.indexOf(flag) + 1];
  // The daemon calls the same program with `delete` to clean up behind a shim that has ended.
  if (!program.includes('containerd-shim') || args.at(-1) === 'delete') return false;
  return value('-namespace') === namespace && value('-id') === id;
}

function commandLine(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0$/, '').split('\0');
  } catch {
    return []; // it has ended meanwhile
  }
}
