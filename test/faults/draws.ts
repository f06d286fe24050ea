import { createHash } from 'node:crypto'

/** A number below a limit. */
export type Draw = (below: number) => number

/** The same numbers for the same seed. */
export function openDraws(seed: string): Draw {
  let draws = 0
  return (below) => {
    draws += 1
    return (
      createHash('sha256').update(`${seed} ${draws}`).digest().readUInt32BE() % Math.max(1, Math.floor(below))
    )
  }
}

/** One of these, each as often as its weight says. */
export function drawWeighted<T extends { readonly weight: number }>(
  draw: Draw,
  of: readonly T[],
): T | undefined {
  let left = draw(of.reduce((sum, { weight }) => sum + weight, 0))
  return of.find(({ weight }) => (left -= weight) < 0)
}
