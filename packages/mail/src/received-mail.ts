/** What a message says, read and undone of its wrappings. Every text in it was written by a stranger. */
export interface ReceivedMail {
  readonly from: readonly MailAddress[]
  readonly replyTo: readonly MailAddress[]
  /** With its angle brackets, as every id here. */
  readonly messageId?: string
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  /** Every address that the message says it went to (envelope marks first, then To and Cc), lower case. */
  readonly recipients: readonly string[]
  /** Where notices about it go: empty for the null sender, absent if no server wrote it down. */
  readonly returnPath?: string
  readonly subject: string
  readonly sentAt?: Date
  /** Content-Language, first tag. */
  readonly language?: string
  /** The marks of automatic mail, by lower-case header name. */
  readonly marks: ReadonlyMap<string, string>
  /** Content type of the whole, lower case with parameters: `multipart/report; report-type=delivery-status`. */
  readonly contentType: string
  /** The parts beside the text, by type and disposition; with the method of a calendar's, lower case. */
  readonly parts: readonly { readonly type: string; readonly disposition: string; readonly method?: string }[]
  /** The whole plain text; made from HTML where there is nothing else. */
  readonly text: string
  /** What the writer added: without quotes, forwarded blocks and signature. */
  readonly ownText: string
  /** What a delivery report says of each recipient (RFC 3464, or a known server's own form). */
  readonly reports: readonly DeliveryReport[]
  /** The message that a report gives back. */
  readonly returned?: ReturnedMail
}

export interface MailAddress {
  readonly name: string
  /** Lower case. */
  readonly address: string
}

export interface DeliveryReport {
  readonly action: DeliveryAction
  readonly status?: string
  /** The server's own words. Never log them: they quote addresses. */
  readonly diagnostic: string
  /** Lower case, without `rfc822;`. */
  readonly originalRecipient?: string
  readonly finalRecipient?: string
}

export type DeliveryAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'

export interface ReturnedMail {
  readonly messageId?: string
  readonly recipients: readonly string[]
}
