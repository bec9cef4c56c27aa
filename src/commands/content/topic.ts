/** What the catalog says of this topic. */
export const topic = { aliases: [], summary: 'the content store: blobs, and what is on its way in' };
