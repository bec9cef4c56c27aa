import { KindError } from '../oci/errors.js';
import { formatFixed, formatGeneral } from './go-number.js';

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'] as const;
const decimalUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'] as const;

/** `1.0 MiB`: containerd's progress.Bytes, in images, snapshots and progress. */
export function formatBytes(bytes: bigint | number): string {
  const { value, unit } = scale(Number(bytes), 1024, binaryUnits);
  return `${formatFixed(value, 1)} ${unit}`;
}

/** `7.7 KiB/s`: containerd's progress.BytesPerSecond; nothing moves in no time. */
export function formatRate(bytes: bigint | number, seconds: number): string {
  return `${formatBytes(seconds > 0 ? Math.trunc(Number(bytes) / seconds) : 0)}/s`;
}

/** `1.088MB`: go-units' HumanSize, in content ls; docker's listings use three digits. */
export function formatHumanSize(bytes: bigint | number, digits = 4): string {
  const { value, unit } = scale(Number(bytes), 1000, decimalUnits);
  return `${formatGeneral(value, digits)}${unit}`;
}

/** `1.5GiB`: go-units' BytesSize, in docker stats. */
export function formatBinarySize(bytes: bigint | number): string {
  const { value, unit } = scale(Number(bytes), 1024, binaryUnits);
  return `${formatGeneral(value, 4)}${unit}`;
}

function scale(bytes: number, base: number, units: readonly string[]): { value: number; unit: string } {
  let value = bytes;
  let power = 0;
  while (value >= base && power < units.length - 1) {
    value /= base;
    power++;
  }
  return { value, unit: units[power] ?? '' };
}

/** `About an hour`: go-units' HumanDuration, of a time in nanoseconds. */
export function formatHumanDuration(nanoseconds: bigint): string {
  const seconds = Number(nanoseconds / 1_000_000_000n);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(Number(nanoseconds) / 3.6e12 + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  const days = Math.floor(hours / 24);
  if (hours < 24 * 7 * 2) return `${days} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(days / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(days / 30)} months`;
  return `${Math.floor(Math.floor(seconds / 3600) / 24 / 365)} years`;
}

/** A text that is no size; the message is go-units' own. */
export class SizeError extends KindError {
  constructor(message: string) {
    super('invalid argument', message);
  }
}

const powers = 'bkmgtp';

/**
 * Reads docker's sizes, `512m`, `1g`, `1.5 GiB`, `1024`, into bytes; each unit is 1024 of the one before (go-units
 * `RAMInBytes`).
 * @throws SizeError
 */
export function parseSize(text: string): bigint {
  const [, whole = '', decimals = '', suffix = ''] =
    /^\+?(\d{1,20})(?:\.(\d{0,20}))? ?(\D{0,16})$/.exec(text.slice(0, 64)) ?? [];
  if (whole === '') throw new SizeError(`invalid size: '${text.slice(0, 64)}'`);
  const unit = /^(?:([kmgtp])(?:i?b)?|b)?$/.exec(suffix.toLowerCase());
  if (!unit) throw new SizeError(`invalid suffix: '${suffix}'`);
  const factor = 1024n ** BigInt(powers.indexOf(unit[1] ?? 'b'));
  const bytes = (BigInt(whole + decimals) * factor) / 10n ** BigInt(decimals.length);
  if (bytes >= 2n ** 63n) throw new SizeError(`invalid size: '${text}'`);
  return bytes;
}
