/** What the catalog says of this topic. */
export const topic = { aliases: [], summary: 'let go of content' };
