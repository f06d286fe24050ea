export * from './glossary.ts'
export { type ComparedFiles, compareFiles, describeFile, type FileContent } from './attachments.ts'
export { code, listCodes } from './codes.ts'
export { defaultMarking, missingConsents, type Side } from './marking.ts'
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
export {
  machinePart,
  machineType,
  type MailAddressing,
  mailHeaders,
  messageEntity,
  messageMail,
} from './message-mail.ts'
export { isTwin, messageSubject, messageText } from './message-text.ts'
export { checkMessage, parseMessage } from './parse-message.ts'
export {
  hasReservations,
  type MailPart,
  type MessageWarning,
  type ReadMessage,
  readMessageParts,
} from './read-message.ts'
export { findReferences, newReference, parseReference, spokenReference } from './reference.ts'
export { type Reservation, reservations, reservationsVersion } from './reservations.ts'
export type { Code, Field, Step, Template } from './shapes.ts'
export { fieldsOf, listTemplates, template } from './templates.ts'
export type { Texts } from './texts.ts'
export { type AnswerStart, messageIdOf, replyHeaders, startAnswer } from './threading.ts'
export { type Word, word } from './words.ts'
