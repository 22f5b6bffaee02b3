import { isIPv6 } from 'node:net';

/**
 * Peers that count as one: an address, and of IPv6 the network of 64 bits that one customer gets.
 * @param address As the system gives it; undefined when the peer has gone.
 */
export function addressGroupOf(address: string | undefined): string {
  const plain = (address ?? '').replace(/^::ffff:/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0');
  const groups = tail === undefined ? front : [...front, ...zeros, ...back];
  return groups.slice(0, 4).join(':');
}

export function countBy<T>(all: Iterable<T>, groupOf: (each: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of all) {
    const group = groupOf(each);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
}
