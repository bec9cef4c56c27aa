/** What the catalog says of this topic. */
export const topic = { aliases: ['leases'], summary: 'leases: what they hold is kept from the collector' };
