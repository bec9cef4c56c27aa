/** What the catalog says of this topic. */
export const topic = { aliases: ['plugins'], summary: 'what the daemon is made of' };
