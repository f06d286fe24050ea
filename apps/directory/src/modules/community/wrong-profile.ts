/** A profile that cannot be used: each line names the file, the field and what is wrong with it. */
export class WrongProfile extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The community profile cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Throws when something is wrong. */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new WrongProfile(problems)
}
