import { BlockList, isIP } from 'node:net';

/** How far an address reaches: the machine, its link, a private network, or the world. */
export type Reach = 'loopback' | 'link' | 'private' | 'public';

type Range = readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'];

const ranges: readonly (readonly [Reach, readonly Range[]])[] = [
  // The unspecified address is a way to say "this machine".
  [
    'loopback',
    [
      ['127.0.0.0', 8, 'ipv4'],
      ['0.0.0.0', 8, 'ipv4'],
      ['::1', 128, 'ipv6'],
      ['::', 128, 'ipv6'],
    ],
  ],
  // Cloud metadata services live at 169.254.169.254 and fd00:ec2::254.
  [
    'link',
    [
      ['169.254.0.0', 16, 'ipv4'],
      ['fe80::', 10, 'ipv6'],
      ['fd00:ec2::', 32, 'ipv6'],
    ],
  ],
  [
    'private',
    [
      ['10.0.0.0', 8, 'ipv4'],
      ['172.16.0.0', 12, 'ipv4'],
      ['192.168.0.0', 16, 'ipv4'],
      ['100.64.0.0', 10, 'ipv4'],
      ['fc00::', 7, 'ipv6'],
    ],
  ],
];

let lists: readonly (readonly [Reach, BlockList])[] | undefined;

/** Tells how far an IP address reaches; IPv4 inside IPv6 counts as IPv4. */
export function addressReach(address: string): Reach {
  lists ??= ranges.map(([reach, networks]) => [reach, blockList(networks)] as const);
  const plain = unmap(address.split('%', 1)[0] ?? '');
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  return lists.find(([, list]) => list.check(plain, family))?.[0] ?? 'public';
}

/** The reach of a URL's host where its text alone tells: an IP literal or localhost. Undefined for other names. */
export function literalReach(hostname: string): Reach | undefined {
  const bare = bareHost(hostname).toLowerCase().replace(/\.$/, '');
  if (bare === 'localhost' || bare.endsWith('.localhost')) return 'loopback';
  return isIP(bare.split('%', 1)[0] ?? '') === 0 ? undefined : addressReach(bare);
}

/**
 * ctr's idea of a registry on this machine: `localhost`, 127.0.0.0/8 and ::1 (containerd `docker.IsLocalhost`).
 */
export function isLoopbackRegistry(host: string): boolean {
  const name = splitPort(host).hostname;
  return (
    name === 'localhost' ||
    (isIP(name) !== 0 && !/^(?:0\.|::$)/.test(name) && addressReach(name) === 'loopback')
  );
}

/** Parts `host:port`, `[::1]:port`, `::1`. */
export function splitPort(host: string): { readonly hostname: string; readonly port: string } {
  // Asked only of what has two colons: for all else but IPv4, isIP compiles a regular expression that takes some 5 ms.
  if (/:.*:/.test(host) && isIP(host) === 6) return { hostname: host, port: '' };
  const colon = host.lastIndexOf(':');
  if (colon < 0 || host.endsWith(']')) return { hostname: bareHost(host), port: '' };
  return { hostname: bareHost(host.slice(0, colon)), port: host.slice(colon + 1) };
}

/** A host without the brackets that an IPv6 literal has in a URL. */
export function bareHost(hostname: string): string {
  return hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
}

function blockList(networks: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of networks) list.addSubnet(network, prefix, family);
  return list;
}

function unmap(address: string): string {
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (dotted !== undefined) return dotted;
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (hex === null) return address;
  const bits = (parseInt(hex[1] ?? '0', 16) << 16) | parseInt(hex[2] ?? '0', 16);
  return [bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255].join('.');
}
