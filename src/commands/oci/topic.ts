/** What the catalog says of this topic. */
export const topic = { aliases: [], summary: 'what the Open Container Initiative has specified' };
