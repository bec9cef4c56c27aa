import { KindError } from '../oci/errors.js';

/** The line the user typed cannot be read: exit 1, the text on stderr, a pointer to the help. */
export class UsageError extends KindError {
  /** The command's help is wanted on stdout, as ctr shows it where a required flag is missing. */
  readonly showHelp: boolean;

  constructor(message: string, { showHelp = false, ...rest }: { showHelp?: boolean; hint?: string } = {}) {
    super('invalid argument', message, rest);
    this.showHelp = showHelp;
  }
}

/** The words of a line do not fit: the help, and no more, as ctr answers some of them. Exit 0. */
export class HelpWanted extends Error {
  constructor() {
    super('help wanted');
    this.name = 'HelpWanted';
  }
}

/** Stands for tctr's own name in the hint of an unknown command: it may be called by another. */
export const ownName = '{tctr}';

/** No command of that name: ctr's exit code is 3. */
export class UnknownCommandError extends KindError {
  constructor(
    readonly word: string,
    readonly suggestion?: string,
    more: { readonly hint?: string } = {},
  ) {
    super('not found', `No help topic for '${word}'`, more);
  }
}

/** Ends tctr with a status and not a word: a container's own exit status, or one already explained. */
export class ExitError extends Error {
  constructor(readonly status: number) {
    super(`exit status ${status}`);
    this.name = 'ExitError';
  }
}
