/** What the catalog says of this topic. */
export const topic = { aliases: ['containers', 'c'], summary: 'containers: metadata, not processes' };
