import { timingSafeEqual } from 'node:crypto'
import { type CheckCode, codeFromNumber, type Id, parseId } from '@parley/kernel'
import type { Keys } from '../../platform/config/keys.ts'
import type { MessageId } from './domain/check.ts'

/** What goes out for a message of a check, each with a Message-ID of its own. */
export const mailUses = ['check', 'reminder', 'correction'] as const
export type MailUse = (typeof mailUses)[number]

/** What a token stands in: the Message-ID of one of these, the address to reply to, the return path. */
export type TokenUse = MailUse | 'answer' | 'return'

const letters: Readonly<Record<TokenUse, string>> = {
  check: 'c',
  reminder: 'm',
  correction: 'k',
  answer: 'a',
  return: 'r',
}
const macBytes = 10

/** The code of a message: derived, so that a reminder repeats it and nothing readable is stored. */
export function codeOf(keys: Keys, message: MessageId): CheckCode {
  return codeFromNumber(keys.mac('code', message).readBigUInt64BE() % 10n ** 11n)
}

/** What is stored of a code, and what a stranger must present to reach its check. */
export function codeDigest(keys: Keys, code: CheckCode): string {
  return keys.digest('code-digest', code)
}

/** A keyed name for a message: the same every time for us, unguessable for others. 43 characters, lower case. */
export function mailToken(keys: Keys, use: TokenUse, message: MessageId): string {
  const id = Buffer.from(message.replaceAll('-', ''), 'hex')
  return letters[use] + base32(Buffer.concat([id, macOf(keys, use, message)]))
}

/** The message that a token of this use names, if we made it. Mail servers may change its case. */
export function readToken(keys: Keys, use: TokenUse, token: string): MessageId | undefined {
  if (!token.toLowerCase().startsWith(letters[use])) return undefined
  const bytes = fromBase32(token.slice(1).toLowerCase())
  if (bytes?.length !== 16 + macBytes) return undefined
  const message = parseId<'message'>(dashed(bytes.subarray(0, 16).toString('hex')))
  return message && timingSafeEqual(bytes.subarray(16), macOf(keys, use, message)) ? message : undefined
}

function macOf(keys: Keys, use: TokenUse, message: Id<'message'>): Buffer {
  return keys.mac('mail-token', `${use} ${message}`).subarray(0, macBytes)
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

// RFC 4648, base32 without padding: survives mail servers that fold the case of a local part.
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

function base32(bytes: Buffer): string {
  let text = ''
  let bits = 0
  let waiting = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    waiting += 8
    for (; waiting >= 5; waiting -= 5) text += alphabet.charAt((bits >> (waiting - 5)) & 31)
  }
  return waiting === 0 ? text : text + alphabet.charAt((bits << (5 - waiting)) & 31)
}

function fromBase32(text: string): Buffer | undefined {
  if (!/^[a-z2-7]+$/.test(text)) return undefined
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)))
}
