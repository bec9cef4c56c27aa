/** tctr's version; the build puts package.json's in. */
export const version = process.env['TCTR_VERSION'] ?? 'dev';

/** The commit it was built from; empty when it was not built from a git checkout. */
export const revision = process.env['TCTR_REVISION'] ?? '';
