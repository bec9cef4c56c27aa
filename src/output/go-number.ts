/** `%.Nf` of Go: like toFixed, but a value that lies halfway goes to the even digit. Below 10^21. */
export function formatFixed(value: number, decimals: number): string {
  const rounded = value.toFixed(decimals);
  // toFixed is exact to 100 decimals, more than any value that lies halfway has.
  const exact = Math.abs(value).toFixed(100);
  const cut = exact.indexOf('.') + 1 + decimals;
  if (!/^50*$/.test(exact.slice(cut))) return rounded;
  const kept = exact.slice(0, cut).replace(/\.$/, '');
  const lastDigit = Number(kept.at(-1));
  if (lastDigit % 2 === 1) return rounded;
  return value < 0 ? `-${kept}` : kept;
}

/** `%.Ng` of Go, for values that are 0 or not below 0.0001. */
export function formatGeneral(value: number, digits: number): string {
  const wholeDigits = Math.max(1, Math.trunc(Math.abs(value)).toString().length);
  if (wholeDigits <= digits) {
    const fixed = formatFixed(value, digits - wholeDigits);
    if (Math.abs(Number(fixed)) < 10 ** digits) return trimZeros(fixed);
  }
  const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  return `${trimZeros(mantissa)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
