/** One for each kind of user, in the order in which they are listed. */
export const guides = ['poc', 'mission', 'manager', 'delegate'] as const

/** Its sentences: `step-1` to `step-6`, `help-1` to `help-3`. */
export const steps = [1, 2, 3, 4, 5, 6] as const
export const helps = [1, 2, 3] as const
