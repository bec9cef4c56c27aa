import { KindError } from '../errors.js';
import { type ParsedJson } from './parse-json.js';
import { parseQuantity } from './quantity.js';
import type { BlockIO } from './types.js';

/** One entry of a block I/O class: parameters, and the devices that they are for; without devices, for all. */
export interface BlockIOEntry {
  readonly devices?: readonly string[];
  readonly weight?: bigint;
  readonly readBps?: bigint;
  readonly writeBps?: bigint;
  readonly readIops?: bigint;
  readonly writeIops?: bigint;
}

/** A block device's number. */
export interface DeviceNumber {
  readonly major: bigint;
  readonly minor: bigint;
}

/** What may be said of devices, and where the spec has it. */
const rates = [
  ['ThrottleReadBps', 'readBps', 'throttleReadBpsDevice'],
  ['ThrottleWriteBps', 'writeBps', 'throttleWriteBpsDevice'],
  ['ThrottleReadIOPS', 'readIops', 'throttleReadIOPSDevice'],
  ['ThrottleWriteIOPS', 'writeIops', 'throttleWriteIOPSDevice'],
] as const;

/**
 * Reads a document `{"Classes": {"NAME": [{"Devices": [...], "Weight": "80", "ThrottleReadBps": "50M", ...}]}}`.
 * @throws KindError 'invalid argument' naming the field
 */
export function decodeBlockIOClasses(document: ParsedJson): ReadonlyMap<string, readonly BlockIOEntry[]> {
  const classes = document === null ? undefined : field(object(document, 'the document'), 'Classes');
  if (classes === undefined || classes === null) return new Map();
  return new Map(
    [...object(classes, 'Classes')].map(([name, entries]) => [
      name,
      (entries === null ? [] : list(entries, name)).map((entry) => decodeEntry(object(entry, name))),
    ]),
  );
}

function decodeEntry(entry: ReadonlyMap<string, ParsedJson>): BlockIOEntry {
  const devices = field(entry, 'Devices');
  const weight = amount(entry, 'Weight', 10n, 1000n);
  const throttles = rates.flatMap(([name, key]) => {
    const value = amount(entry, name, 0n);
    return value === undefined ? [] : [[key, value] as const];
  });
  const withDevices = devices !== undefined && devices !== null;
  if (!withDevices && throttles.length > 0)
    throw invalid('throttling is for devices: Devices are not listed');
  return {
    ...(withDevices ? { devices: list(devices, 'Devices').map((device) => text(device, 'Devices')) } : {}),
    ...(weight === undefined ? {} : { weight }),
    ...Object.fromEntries(throttles),
  };
}

/** The parameters of a class; `devicesAt` gives the devices that a name or pattern stands for. */
export function blockIOOf(
  entries: readonly BlockIOEntry[],
  devicesAt: (pattern: string) => readonly DeviceNumber[],
): BlockIO {
  let weight: number | undefined;
  const weights = new Map<string, DeviceNumber & { readonly weight: number }>();
  const throttles = new Map(
    rates.map(([, key]) => [key, new Map<string, DeviceNumber & { rate: bigint }>()]),
  );
  for (const entry of entries) {
    if (!entry.devices) {
      if (entry.weight !== undefined) weight = Number(entry.weight);
      continue;
    }
    // A later entry counts for a device that an earlier one names as well.
    for (const device of entry.devices.flatMap(devicesAt)) {
      const { major, minor } = device;
      const key = `${major}:${minor}`;
      if (entry.weight !== undefined) weights.set(key, { major, minor, weight: Number(entry.weight) });
      for (const [, name] of rates) {
        const rate = entry[name];
        if (rate !== undefined) throttles.get(name)?.set(key, { major, minor, rate });
      }
    }
  }
  const throttled = rates.flatMap(([, key, member]) => {
    const devices = [...(throttles.get(key)?.values() ?? [])];
    return devices.length === 0 ? [] : [[member, devices] as const];
  });
  return {
    ...(weight === undefined ? {} : { weight }),
    ...(weights.size === 0 ? {} : { weightDevice: [...weights.values()] }),
    ...Object.fromEntries(throttled),
  };
}

function amount(
  entry: ReadonlyMap<string, ParsedJson>,
  name: string,
  least: bigint,
  most?: bigint,
): bigint | undefined {
  const given = field(entry, name);
  if (given === undefined || given === null || given === '') return undefined;
  const value = parseQuantity(text(given, name));
  if (value === undefined) throw invalid(`syntax error in ${quote(name)} (${quote(text(given, name))})`);
  if (value < least) throw invalid(`value of ${quote(name)} (${value}) smaller than minimum (${least})`);
  if (most !== undefined && value > most)
    throw invalid(`value of ${quote(name)} (${value}) bigger than maximum (${most})`);
  return value;
}

/** Keys are looked up as Go does: any case will do. */
function field(entry: ReadonlyMap<string, ParsedJson>, name: string): ParsedJson | undefined {
  const exact = entry.get(name);
  if (exact !== undefined) return exact;
  return [...entry].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function object(value: ParsedJson, what: string): ReadonlyMap<string, ParsedJson> {
  if (!(value instanceof Map)) throw invalid(`${what} has to be an object`);
  return value as ReadonlyMap<string, ParsedJson>;
}

function list(value: ParsedJson, what: string): readonly ParsedJson[] {
  if (!Array.isArray(value)) throw invalid(`${what} has to be a list`);
  return value as readonly ParsedJson[];
}

function text(value: ParsedJson, what: string): string {
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'number')
    return String(value);
  throw invalid(`${what} has to be a text`);
}

const quote = (value: string): string => JSON.stringify(value);
const invalid = (message: string): KindError => new KindError('invalid argument', message);
