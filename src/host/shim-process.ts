import { someProcess } from './command-lines.js';

/** Whether a containerd shim runs for a container, known to the daemon or not: by its command line. */
export function hasShim({ namespace, id }: { readonly namespace: string; readonly id: string }): boolean {
  return someProcess(([program = '', ...args]) => {
    const value = (flag: string): string | undefined => args[args.indexOf(flag) + 1];
    // The daemon calls the same program with `delete` to clean up behind a shim that has ended.
    if (!program.includes('containerd-shim') || args.at(-1) === 'delete') return false;
    return value('-namespace') === namespace && value('-id') === id;
  });
}
