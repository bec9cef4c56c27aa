import { KindError } from '../../oci/errors.js';

/** A template that cannot be parsed or executed, told in one line as Go's text/template does: `template: :1: …`. */
export class TemplateError extends KindError {
  constructor(message: string) {
    super('invalid argument', `template: :${message}`);
  }
}
