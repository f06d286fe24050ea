import unhomoglyph from 'unhomoglyph'

/**
 * What remains of a text for whoever only looks at it: two that look alike have the same one (Unicode TR 39, with the
 * accents taken off). Never shown.
 */
export function skeleton(text: string): string {
  return bare(unhomoglyph(bare(text.toLowerCase())))
    .toLowerCase()
    .replaceAll('vv', 'w')
}

function bare(text: string): string {
  return text.normalize('NFKD').replace(/[\p{Mn}\p{Cf}]/gu, '')
}

/** Whether one letter was changed, left out, put in, or changed places with its neighbour. */
export function isOneAway(one: string, other: string): boolean {
  const [a, b] = [Array.from(one), Array.from(other)]
  if (Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from += 1
  let same = 0
  while (same < Math.min(a.length, b.length) - from && a.at(-1 - same) === b.at(-1 - same)) same += 1
  const [inOne, inOther] = [a.slice(from, a.length - same), b.slice(from, b.length - same)]
  const [first, second] = inOne
  const isTurned = inOne.length === 2 && inOther[0] === second && inOther[1] === first
  return isTurned ? inOther.length === 2 : Math.max(inOne.length, inOther.length) === 1
}
