import { KindError } from '../oci/errors.js';
import type { ImportOptions } from '../ops/archive/import-local.js';
import { canTransfer } from '../ops/pull.js';
import { safe } from '../output/safe.js';
import { UsageError } from './errors.js';
import { showProgress } from './progress.js';
import type { Session } from './session.js';

/** An import as a command's flags ask for it. */
export interface ImportRequest extends Omit<ImportOptions, 'client' | 'signal'> {
  /** Done by tctr itself, also where the daemon could. */
  readonly local: boolean;
}

/** Imports an archive's images, through the daemon where it can do what is asked, and shows what ctr shows. */
export async function importImages(session: Session, request: ImportRequest): Promise<void> {
  const client = await session.client();
  const options = { ...request, client, signal: session.signal };
  const here = request.local || !(await canTransfer(client));
  if (!here) {
    if (request.discardLayers) throw new UsageError('"--discard-unpacked-layers" requires "--local" flag');
    const { importTransfer } = await import('../ops/archive/import-transfer.js');
    await showProgress(session, importTransfer(options), 'tree');
    return;
  }
  if (request.skipNamedDigest && !request.digests) {
    throw new UsageError('--skip-digest-for-named must be specified with --digests option');
  }
  if (request.discardLayers && !request.unpack) {
    throw new KindError(
      'invalid argument',
      '--discard-unpacked-layers and --no-unpack are incompatible options',
    );
  }
  const { importLocal } = await import('../ops/archive/import-local.js');
  for await (const { kind, image } of importLocal(options)) {
    session.streams.stdout.write(
      kind === 'unpacking' ? `unpacking ${safe(image.name)} (${image.target.digest})...` : 'done\n',
    );
  }
}
