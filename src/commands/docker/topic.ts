/** What the catalog says of this topic. */
export const topic = {
  aliases: [],
  summary: "docker's words in docker's grammar: alias docker='tctr docker'",
};
