export { composeMail, isPlainAddress, type OutgoingMail } from './outgoing-mail.ts'
export { openOutbound, type Outbound, type OutboundOptions } from './outbound.ts'
export type { SendOutcome } from './smtp-outcome.ts'
export type { FailureCause } from './failure-cause.ts'
export { openSink, type ListedMail, type Sink, type SinkOptions, type SunkMail } from './sink.ts'
export { composeReply, type Reply } from './compose-reply.ts'
export { largestMail, parseMail } from './parse-mail.ts'
export type {
  DeliveryAction,
  DeliveryReport,
  MailAddress,
  ReceivedMail,
  ReturnedMail,
} from './received-mail.ts'
export { judgeMail, type Delivery, type Judgement } from './judge-mail.ts'
export type { Signal } from './signals.ts'
export {
  openMailbox,
  type Disposal,
  type Mailbox,
  type MailboxFault,
  type MailboxOptions,
  type ReadingResult,
} from './mailbox.ts'
export { openFolderMailbox, type FolderMailbox } from './folder-mailbox.ts'
export type { WaitingMail, WholeMail } from './waiting-mail.ts'
export { reachRelay } from './reach-relay.ts'
export { openMail, type OpenedMail, type OpenedPart } from './open-mail.ts'
export { type InboxMail, type InboxPlace, readInbox } from './inbox.ts'
