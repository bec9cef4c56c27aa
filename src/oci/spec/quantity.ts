/** What the letters behind a number stand for; Kubernetes writes quantities so. */
const decimal: Readonly<Record<string, bigint>> = {
  '': 1n,
  k: 10n ** 3n,
  M: 10n ** 6n,
  G: 10n ** 9n,
  T: 10n ** 12n,
  P: 10n ** 15n,
  E: 10n ** 18n,
};
const binary: Readonly<Record<string, bigint>> = {
  Ki: 2n ** 10n,
  Mi: 2n ** 20n,
  Gi: 2n ** 30n,
  Ti: 2n ** 40n,
  Pi: 2n ** 50n,
  Ei: 2n ** 60n,
};
const fractions: Readonly<Record<string, bigint>> = { m: 10n ** 3n, u: 10n ** 6n, n: 10n ** 9n };

const quantity = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:([kMGTPEmun]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?$/;

/**
 * Reads a quantity such as `50M`, `1.5Gi` or `1e6`, rounded up to a whole number that fits into an int64.
 * @returns undefined for a text that is none
 */
export function parseQuantity(text: string): bigint | undefined {
  const found = quantity.exec(text);
  if (found === null) return undefined;
  const [, sign, whole = '', fraction = '', suffix = '', exponent] = found;
  const power = Number(exponent ?? 0);
  const above = BigInt(whole + fraction) * (decimal[suffix] ?? binary[suffix] ?? 1n) * ten(power);
  const below = ten(fraction.length) * (fractions[suffix] ?? 1n) * ten(-power);
  const value = sign === '-' ? -above : above;
  const floor = value / below;
  const rounded = value > 0n && value % below !== 0n ? floor + 1n : floor;
  const most = 2n ** 63n - 1n;
  if (rounded > most) return most;
  return rounded < -most ? -most : rounded;
}

const ten = (power: number): bigint => (power > 0 ? 10n ** BigInt(power) : 1n);
