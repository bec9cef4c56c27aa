import { KindError } from '../../oci/errors.js';
import type { Session } from '../session.js';

/** Checks that a process which wants our terminal can have one. @throws KindError in docker's words */
export function requireTerminal(
  { streams }: Session,
  wanted: { readonly tty: boolean; readonly interactive: boolean; readonly detach: boolean },
): void {
  if (!wanted.tty || wanted.detach) return;
  const { stdin, stdout, stderr } = streams;
  const found = wanted.interactive ? stdin.isTTY : stdin.isTTY || stdout.isTTY || stderr.isTTY;
  if (!found)
    throw new KindError('failed precondition', 'the input device is not a TTY', { hint: 'leave out -t' });
}
