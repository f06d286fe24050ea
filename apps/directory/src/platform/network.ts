import { isIPv6 } from 'node:net'

/**
 * What tries are counted by: an address of version 4 whole, one of version 6 by its first 64 bits, which one line has to
 * itself and fills with as many addresses as it likes. An address of version 4 that is written as one of version 6 stays whole.
 */
export function networkOf(caller: string): string {
  const [address = ''] = caller.split('%')
  if (!isIPv6(address)) return caller
  const groups = groupsOf(address)
  const isOfVersion4 = groups.slice(0, 4).every((group) => group === 0) || isTranslated(groups)
  return isOfVersion4
    ? groups.map(inHexadecimal).join(':')
    : `${groups.slice(0, 4).map(inHexadecimal).join(':')}::/64`
}

/** The eight numbers of an address, however it is shortened; its last two may be written as version 4. */
function groupsOf(address: string): readonly number[] {
  const [before = '', after] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const [first, last] = [before, after ?? ''].map((part) => part.split(':').filter((group) => group !== ''))
  const between = 8 - (first?.length ?? 0) - (last?.length ?? 0)
  return [...(first ?? []), ...Array.from({ length: between }, () => '0'), ...(last ?? [])].map((group) =>
    Number.parseInt(group, 16),
  )
}

/** RFC 6052: where every address of version 4 has one of version 6. */
function isTranslated([first, second]: readonly number[]): boolean {
  return first === 0x64 && second === 0xff9b
}

function inHexadecimal(group: number): string {
  return group.toString(16)
}
