export * from './glossary.ts'
export { code, listCodes } from './codes.ts'
export {
  limits,
  markings,
  type Attachment,
  type Marking,
  type Message,
  type Nature,
  natures,
  type Party,
  type Value,
  type Writer,
} from './message.ts'
export { isTwin, messageSubject, messageText } from './message-text.ts'
export { checkMessage, parseMessage } from './parse-message.ts'
export { findReferences, newReference, parseReference, spokenReference } from './reference.ts'
export { type Reservation, reservations, reservationsVersion } from './reservations.ts'
export type { Code, Field, Step, Template } from './shapes.ts'
export { fieldsOf, listTemplates, template } from './templates.ts'
export type { Texts } from './texts.ts'
export { type Word, word } from './words.ts'
