const millisecondsIn: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1e3],
  ['m', 6e4],
  ['h', 3.6e6],
]);

/** Reads a Go duration such as `1m30s` into milliseconds; undefined if it is none or negative. */
export function goDurationMs(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^\+?(?:\d+(?:\.\d*)?(?:ns|us|µs|μs|ms|[smh]))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|μs|ms|[smh])/g)) {
    total += Number(amount) * (millisecondsIn.get(unit ?? '') ?? 0);
  }
  return total;
}
