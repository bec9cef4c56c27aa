/** A template that cannot be parsed or executed, told in one line as Go's text/template does: `template: :1: …`. */
export class TemplateError extends Error {
  constructor(message: string) {
    super(`template: :${message}`);
    this.name = new.target.name;
  }
}
