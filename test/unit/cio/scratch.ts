import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of one test file's own. */
export function scratchDir(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tctr-cio-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
