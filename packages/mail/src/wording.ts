/** What automatic mail says of itself. Matched against text with plain spaces and apostrophes, without direction marks. */
export interface Wording {
  /** `<what>.<language>…` */
  readonly name: string
  readonly where: 'subject' | 'text'
  /** Strong: no person writes it in an answer. Weak: a person might; it takes two, or a header, to decide. */
  readonly strength: 'strong' | 'weak' | 'topic'
  readonly pattern: RegExp
}

export const inSubject = (name: string, pattern: RegExp): Wording => ({
  name,
  where: 'subject',
  strength: 'strong',
  pattern,
})
export const strong = (name: string, pattern: RegExp): Wording => ({
  name,
  where: 'text',
  strength: 'strong',
  pattern,
})
export const weak = (name: string, pattern: RegExp): Wording => ({
  name,
  where: 'text',
  strength: 'weak',
  pattern,
})
export const topic = (name: string, pattern: RegExp): Wording => ({
  name,
  where: 'text',
  strength: 'topic',
  pattern,
})
