/**
 * Merges token scopes (distribution-spec, token scope): one entry a resource, its actions in order and once,
 * the whole sorted, so that equal wishes give equal texts.
 */
export function mergeScopes(scopes: Iterable<string>): readonly string[] {
  const actions = new Map<string, Set<string>>();
  const odd = new Set<string>();
  for (const scope of scopes) {
    // The resource name can hold a colon itself (`repository:host:5000/x:pull`).
    const first = scope.indexOf(':');
    const last = scope.lastIndexOf(':');
    if (first <= 0 || last === first) {
      if (scope !== '') odd.add(scope);
      continue;
    }
    const resource = scope.slice(0, last);
    const known = actions.get(resource) ?? new Set();
    for (const action of scope.slice(last + 1).split(',')) if (action !== '') known.add(action);
    actions.set(resource, known);
  }
  const merged = [...actions]
    .filter(([, wanted]) => wanted.size > 0)
    .map(([resource, wanted]) => `${resource}:${wanted.has('*') ? '*' : [...wanted].sort().join(',')}`);
  return [...merged, ...odd].sort();
}

/** The scope to ask for before a repository is read. */
export function pullScope(repository: string): string {
  return `repository:${repository}:pull`;
}

/** The scope to ask for before a repository is written to. */
export function pushScope(repository: string): string {
  return `repository:${repository}:pull,push`;
}

/** Parts a challenge's `scope` parameter. */
export function splitScopes(parameter: string | undefined): readonly string[] {
  return (parameter ?? '').split(' ').filter((scope) => scope !== '');
}
