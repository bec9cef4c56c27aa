/** What the catalog says of this topic. */
export const topic = { aliases: [], summary: 'what the daemon will not support for long' };
