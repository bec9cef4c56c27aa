/** A device's number, as the kernel splits it (glibc, gnu_dev_major and gnu_dev_minor). */
export function deviceNumber(device: bigint): { readonly major: bigint; readonly minor: bigint } {
  return {
    major: ((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xffff_f000n),
    minor: (device & 0xffn) | ((device >> 12n) & 0xffff_ff00n),
  };
}
