/** What stands in place of a submitter where there are several. */
export const severalStates = [
  'دول متعددة',
  '多个国家',
  '多国',
  'Multiple States',
  'Plusieurs États',
  'Несколько государств',
  'Varios Estados',
  'Múltiples Estados',
] as const

/** How a bracket with co-sponsors begins, before its colon. */
export const coSponsorWords = [
  'البلدان المشارك',
  'الدول المشارك',
  '共同提案国',
  '联署国',
  'Co-sponsor',
  'Cosponsor',
  'Coauteurs',
  'Copatrocin',
  'Соавтор',
] as const
