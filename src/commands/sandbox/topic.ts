/** What the catalog says of this topic. */
export const topic = {
  aliases: ['sandboxes', 'sb', 's'],
  summary: 'sandboxes: what groups of containers run in (containerd 1.7 and later)',
};
