/** What the catalog says of this topic. */
export const topic = { aliases: ['images', 'i'], summary: 'container images' };
