import { bool, string } from './flags.js';

/** The flags of the commands that make a snapshot, and may say how to mount it. */
export const mountFlags = {
  target: string({
    summary: 'print the command that mounts it there',
    aliases: ['t'],
    placeholder: 'DIR',
  }),
  mounts: bool({ summary: 'print its mounts as JSON' }),
};
