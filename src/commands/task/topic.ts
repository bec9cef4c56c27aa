/** What the catalog says of this topic. */
export const topic = { aliases: ['tasks', 't'], summary: 'the running processes of containers' };
