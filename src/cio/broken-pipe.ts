/** The reader of our output is gone: end quietly, with the status of SIGPIPE. */
export class BrokenPipeError extends Error {
  constructor() {
    super('broken pipe');
    this.name = 'BrokenPipeError';
  }
}
