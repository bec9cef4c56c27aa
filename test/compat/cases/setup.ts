import { foreignArchive } from '../../support/archive.js';
import type { Argv, CompatCase } from '../../support/compat/case.js';

/** Busybox is there, and unpacked. */
export const pulled: readonly Argv[] = [['image', 'pull', '--plain-http', '{ref}']];

/** A container that sleeps until it is killed, and has no task yet. */
export const created: readonly Argv[] = [...pulled, ['container', 'create', '{ref}', '{id}', 'sleep', '600']];

/** A container with a running task. */
export const running: readonly Argv[] = [...pulled, ['run', '--detach', '{ref}', '{id}', 'sleep', '600']];

export const foreignName = 'example.com/foreign:1';

/** An image with a foreign layer is there. */
export const foreign = {
  files: { 'in.tar': foreignArchive(foreignName).toString('latin1') },
  setup: [['image', 'import', '--no-unpack', '{tmp}/in.tar']],
} satisfies Partial<CompatCase>;
