import { endianness } from 'node:os';
import type { Platform } from './descriptor.js';
import { KindError } from './errors.js';

const knownOS = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
);
const knownArchitectures = new Set(
  'wasm 386 amd64 amd64p32 arm arm64 armbe arm64be loong64 mips mips64 mips64le mips64p32 mips64p32le mipsle ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64'.split(
    ' ',
  ),
);
const componentShape = /^[\w.-]+$/;
const osShape = /^([\w-]+)(?:\(([\w.%-]*)((?:\+[\w.%-]+)*)\))?$/;
// The errors show the patterns as containerd has them.
const componentPattern = '^[A-Za-z0-9_.-]+$';
const osPattern = String.raw`^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)((?:\+[A-Za-z0-9_.%-]+)*)\))?$`;
const maxLength = 1024;

/** The platform that this process runs on (containerd `platforms.DefaultSpec`). */
export function defaultPlatform(): Platform {
  const architecture = hostArchitecture();
  const variant = { arm: 'v7', arm64: 'v8' }[architecture];
  return { os: hostOS(), architecture, ...(variant !== undefined && { variant }) };
}

/**
 * Reads `os`, `arch`, `os/arch` or `os/arch/variant`; an OS may carry a version and features, `os(version+feature)`
 * (containerd `platforms.Parse`). A missing part is this machine's.
 * @throws KindError 'invalid argument' in containerd's words
 */
export function parsePlatform(specifier: string): Platform {
  const quoted = JSON.stringify(specifier);
  if (specifier.length > maxLength) throw invalid('platform specifier is too long');
  if (specifier.includes('*')) throw invalid(`${quoted}: wildcards not yet supported`);
  const [osPart = '', ...others] = specifier.split('/');
  const { os, options } = parseOS(osPart, quoted);
  for (const part of others.slice(0, 3)) {
    if (componentShape.test(part)) continue;
    throw invalid(
      `${JSON.stringify(part)} is an invalid component of ${quoted}: platform specifier component must match "${componentPattern}"`,
    );
  }
  const [architecture, variant = ''] = others;
  if (architecture === undefined) {
    if (knownOS.has(os)) return { os, architecture: hostArchitecture(), ...options };
    const machine = withoutArmDefault(normalizeMachine(osPart, ''));
    if (knownArchitectures.has(machine.architecture)) return { os: hostOS(), ...machine };
    throw invalid(`${quoted}: unknown operating system or architecture`);
  }
  if (others.length > 2) throw invalid(`${quoted}: cannot parse platform specifier`);
  const machine = normalizeMachine(architecture, variant);
  if (others.length === 1) return { os, ...withoutArmDefault(machine), ...options };
  // Only one who wrote the variant wants to read it.
  const named = machine.architecture === 'arm64' && machine.variant === undefined ? 'v8' : machine.variant;
  return { os, ...machine, ...(named !== undefined && { variant: named }), ...options };
}

/** `linux/arm/v7`; `unknown` if the platform names no OS (containerd `platforms.Format`). */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  if (os === '') return 'unknown';
  return [os, architecture, variant].filter(Boolean).join('/');
}

/** The same with the OS's version and features, `windows(10.0.17763)/amd64` (containerd `platforms.FormatAll`). */
export function formatPlatformAll(platform: Platform): string {
  const { os, osVersion = '', osFeatures = [] } = platform;
  if (os === '' || (osVersion === '' && osFeatures.length === 0)) return formatPlatform(platform);
  const options = [osVersion, ...[...osFeatures].sort()].map(encodeOption).join('+');
  return formatPlatform({ ...platform, os: `${os}(${options})` });
}

/** Brings other names for the same platform to containerd's: `x86_64` to `amd64`, `armhf` to `arm` `v7`. */
export function normalizePlatform(platform: Platform): Platform {
  const { os, architecture, variant = '', osVersion, osFeatures } = platform;
  return {
    os: normalizeOS(os),
    ...normalizeMachine(architecture, variant),
    ...(osVersion !== undefined && { osVersion }),
    ...(osFeatures !== undefined && { osFeatures }),
  };
}

/** Whether two platforms are the same once normalized; the OS's features are compared as sets. */
export function equalPlatforms(a: Platform, b: Platform): boolean {
  return formatPlatformAll(normalizePlatform(a)) === formatPlatformAll(normalizePlatform(b));
}

interface Machine {
  readonly architecture: string;
  readonly variant?: string;
}

function normalizeMachine(rawArchitecture: string, rawVariant: string): Machine {
  const architecture = rawArchitecture.toLowerCase();
  const variant = rawVariant.toLowerCase();
  switch (architecture) {
    case 'i386':
      return { architecture: '386' };
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return machineOf('amd64', variant === 'v1' ? '' : variant);
    case 'aarch64':
    case 'arm64':
      if (['8', 'v8', 'v8.0'].includes(variant)) return { architecture: 'arm64' };
      return machineOf('arm64', ['9', '9.0', 'v9.0'].includes(variant) ? 'v9' : variant);
    case 'armhf':
      return machineOf('arm', 'v7');
    case 'armel':
      return machineOf('arm', 'v6');
    case 'arm':
      if (variant === '' || variant === '7') return machineOf('arm', 'v7');
      return machineOf('arm', ['5', '6', '8'].includes(variant) ? `v${variant}` : variant);
    default:
      return machineOf(architecture, variant);
  }
}

function machineOf(architecture: string, variant: string): Machine {
  return variant === '' ? { architecture } : { architecture, variant };
}

/** `linux/arm` stays without the variant that it means. */
function withoutArmDefault(machine: Machine): Machine {
  return machine.architecture === 'arm' && machine.variant === 'v7' ? { architecture: 'arm' } : machine;
}

type OSOptions = Pick<Platform, 'osVersion' | 'osFeatures'>;

function parseOS(part: string, specifier: string): { os: string; options: OSOptions } {
  const match = osShape.exec(part);
  if (!match) {
    throw invalid(
      `${JSON.stringify(part)} is an invalid OS component of ${specifier}: OSAndVersion specifier component must match ${JSON.stringify(osPattern)}`,
    );
  }
  const [, os = '', version = '', features = ''] = match;
  const decode = (option: string) => {
    try {
      return decodeURIComponent(option);
    } catch {
      throw invalid(`${JSON.stringify(option)} is an invalid OS option of ${specifier}: invalid URL escape`);
    }
  };
  const osFeatures = features === '' ? [] : features.slice(1).split('+').map(decode).sort();
  return {
    os: normalizeOS(os),
    options: {
      ...(version !== '' && { osVersion: decode(version) }),
      ...(osFeatures.length > 0 && { osFeatures }),
    },
  };
}

function encodeOption(option: string): string {
  return option.replace(/[^\w.-]/g, encodeURIComponent);
}

function normalizeOS(os: string): string {
  const lower = os.toLowerCase();
  if (lower === '') return hostOS();
  return lower === 'macos' ? 'darwin' : lower;
}

function hostOS(): string {
  return { win32: 'windows', sunos: 'solaris' }[process.platform as string] ?? process.platform;
}

function hostArchitecture(): string {
  switch (process.arch) {
    case 'x64':
      return 'amd64';
    case 'ia32':
      return '386';
    case 'ppc64':
      return endianness() === 'LE' ? 'ppc64le' : 'ppc64';
    case 'mipsel':
      return 'mipsle';
    default:
      return process.arch;
  }
}

function invalid(message: string): KindError {
  return new KindError('invalid argument', `${message}: invalid argument`);
}
