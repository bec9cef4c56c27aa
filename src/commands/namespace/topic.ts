/** What the catalog says of this topic. */
export const topic = {
  aliases: ['namespaces', 'ns'],
  summary: "namespaces: docker's moby, Kubernetes' k8s.io, your own",
};
