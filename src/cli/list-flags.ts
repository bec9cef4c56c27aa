import { bool, string } from './flags.js';

/** The flags of every list. */
export const listFlags = {
  quiet: bool({ summary: 'print only the names', aliases: ['q'] }),
  format: string({
    summary: "print as 'table', 'json', or a Go template such as '{{.ID}}'",
    placeholder: 'FORMAT',
  }),
};
