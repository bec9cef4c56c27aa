/**
 * Sets, replaces and removes environment variables by key (pkg/oci, WithEnv): a replaced one keeps its place, a new one
 * goes to the end, an override without `=` removes.
 */
export function mergeEnv(env: readonly string[], overrides: readonly string[]): readonly string[] {
  const result: (string | undefined)[] = [...env];
  const places = new Map(env.map((entry, place) => [keyOf(entry), place]));
  for (const override of overrides) {
    const place = places.get(keyOf(override));
    if (place !== undefined) result[place] = override.includes('=') ? override : undefined;
    // ctr: a key that is new is not remembered: `--env A=1 --env A=2` on an image without A gives both.
    else if (override.includes('=')) result.push(override);
  }
  return result.filter((entry) => entry !== undefined && entry !== '') as string[];
}

/** The lines of an `--env-file`; those without `=` remove nothing that could be there yet, as it is read first. */
export function parseEnvFile(text: string): readonly string[] {
  return text.split('\n').map((line) => line.replace(/\r$/, ''));
}

function keyOf(entry: string): string {
  const equals = entry.indexOf('=');
  return equals === -1 ? entry : entry.slice(0, equals);
}
