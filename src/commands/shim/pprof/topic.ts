/** What the catalog says of this topic. */
export const topic = { aliases: [], summary: "profiles of a shim that debugs, for go's pprof" };
