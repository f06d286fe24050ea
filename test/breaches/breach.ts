export interface Breach {
  /** As the patch is called: the provision and what is broken of it. */
  readonly name: string
  /** The test file that bites, from the root of the tree. */
  readonly file: string
  /** The test in it, by its whole title. */
  readonly test: string
}

/** Reads the lines above the patch: `Test: <file>` and `Name: <title>`. */
export function readBreach(name: string, patch: string): Breach {
  const head = patch.split(/^diff --git /m)[0] ?? ''
  const [file, test] = ['Test', 'Name'].map((word) => new RegExp(`^${word}: (.+)$`, 'm').exec(head)?.[1])
  if (!file || !test) throw new Error(`${name}.patch does not say which test bites`)
  return { name, file, test }
}
