import { canTransfer } from '../pull.js';
import type { ExportOptions } from './export-local.js';
import { descriptorOutput, fileOutput, interruptible } from './output-file.js';

/** An export as a command asks for it. */
export interface ExportRequest extends ExportOptions {
  /** Done by tctr itself, also where the daemon could. */
  readonly local: boolean;
  /** A file's path, or a descriptor. */
  readonly output: string | number;
}

/**
 * Writes images to an archive, through the daemon where it can; a file is there when it is whole, or not at all.
 * @throws KindError 'not found' for an image, a platform or a blob; 'resource exhausted' for a full disk
 */
export async function exportImages(request: ExportRequest): Promise<void> {
  const there = !request.local && (await canTransfer(request.client));
  const opened =
    typeof request.output === 'number' ? descriptorOutput(request.output) : await fileOutput(request.output);
  const output = interruptible(opened, request.signal);
  try {
    if (there) await (await import('./export-transfer.js')).exportTransfer(request, output);
    else await (await import('./export-local.js')).exportLocal(request, output);
    await output.finish();
  } finally {
    await output.discard();
  }
}
