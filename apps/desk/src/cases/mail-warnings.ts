/** What is wrong with a mail that came in, the gravest first. The reader is told at the top of the page. */
export const mailWarnings = [
  'says-exercise',
  'sender-lookalike',
  'sender-other',
  'sender-disputed',
  'signature-broken',
  'signature-unfit',
  'other-side',
  'sender-unknown',
  'key-unknown',
  'not-the-same-text',
  'broken-machine-part',
  'newer-template',
  'newer-format',
  'reservations-missing',
  'used-id',
  'files-differ',
  'unreadable',
  'too-large',
  'encrypted-no-key',
  'encrypted-not-for-us',
  'encrypted-unreadable',
  'delivery-report',
  'automatic',
  'text-cut',
] as const

export type MailWarning = (typeof mailWarnings)[number]

const doubts: ReadonlySet<string> = new Set<MailWarning>([
  'sender-lookalike',
  'sender-other',
  'sender-disputed',
  'signature-broken',
  'signature-unfit',
  'other-side',
  'sender-unknown',
  'used-id',
])

/** Whether it is in doubt who wrote it: then it does nothing in its case by itself. */
export function isInDoubt(warnings: readonly string[]): boolean {
  return warnings.some((each) => doubts.has(each))
}
