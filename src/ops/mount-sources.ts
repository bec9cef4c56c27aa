/** Repositories that are asked for one blob: each may cost a token. */
const most = 2;

/**
 * The repositories to mount a blob from: those of a source label that are not the one pushed to, the nearest to it first.
 * @param label `library/a,me/b`, the value of containerd.io/distribution.source.<host>
 */
export function mountSources(label: string, repository: string): string[] {
  const candidates = label.split(',').filter((name) => name !== repository && repositoryName.test(name));
  return [...new Set(candidates)]
    .map((name) => ({ name, common: commonParts(name, repository) }))
    .sort((a, b) => b.common - a.common)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Labels are anybody's to write: what is no name does not go into a registry's URL. */
const repositoryName = /^[a-z0-9]+(?:(?:[._-]+|\/)[a-z0-9]+)*$/;

function commonParts(a: string, b: string): number {
  const others = b.split('/');
  const different = a.split('/').findIndex((part, index) => part !== others[index]);
  return different < 0 ? others.length : different;
}
