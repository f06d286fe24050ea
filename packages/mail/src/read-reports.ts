import { findStatus } from './failure-cause.ts'
import { parseMime } from './parse-mime.ts'
import type { DeliveryAction, DeliveryReport, ReturnedMail } from './received-mail.ts'

/** The recipients of a `message/delivery-status` part (RFC 3464); at most 200. */
export function readDeliveryStatus(part: string): readonly DeliveryReport[] {
  return part
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+(?=\S)/g, ' ')
    .split(/\n[ \t]*\n/)
    .slice(0, 200)
    .flatMap((group) => reportOf(readFields(group)))
}

/** The message that a report gives back, from its headers (a full copy is cut after them). */
export async function readReturned(part: Uint8Array): Promise<ReturnedMail> {
  const mail = await parseMime(headersOnly(part))
  const id = firstId(mail?.messageId ?? '')
  const named = [...(mail?.to ?? []), ...(mail?.cc ?? [])].flatMap((to) => to.address ?? [])
  return { ...(id === undefined ? {} : { messageId: id }), recipients: named.map((to) => to.toLowerCase()) }
}

/** The first `<…>` in a header value. */
export function firstId(value: string): string | undefined {
  return allIds(value)[0]
}

export function allIds(value: string): readonly string[] {
  return [...value.slice(0, 8_000).matchAll(/<[^<>\s]{1,500}>/g)].map(([id]) => id)
}

const mostHeaders = 64 * 1024

function headersOnly(part: Uint8Array): Uint8Array {
  const text = new TextDecoder('latin1').decode(part.subarray(0, mostHeaders - 1))
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length
  return part.slice(0, end)
}

type Fields = ReadonlyMap<string, string>

function readFields(group: string): Fields {
  const fields = new Map<string, string>()
  for (const line of group.split('\n').slice(0, 50)) {
    const colon = line.indexOf(':')
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  return fields
}

function reportOf(fields: Fields): readonly DeliveryReport[] {
  if (!fields.has('action') && !fields.has('final-recipient')) return []
  const status = findStatus(fields.get('status') ?? '')
  const action = actionOf(fields.get('action') ?? '', status)
  if (action === undefined) return []
  const original = addressOf(fields.get('original-recipient'))
  const final = addressOf(fields.get('final-recipient'))
  return [
    {
      action,
      ...(status === undefined ? {} : { status }),
      diagnostic: (fields.get('diagnostic-code') ?? '').slice(0, 2_000),
      ...(original === undefined ? {} : { originalRecipient: original }),
      ...(final === undefined ? {} : { finalRecipient: final }),
    },
  ]
}

const actions: readonly DeliveryAction[] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded']

/** The Action decides; only where it is missing does the class of the status. */
function actionOf(written: string, status: string | undefined): DeliveryAction | undefined {
  const word = /^[a-z]+/.exec(written.toLowerCase())?.[0]
  if (word !== undefined) return actions.find((action) => action === word)
  if (status === undefined) return undefined
  return status.startsWith('5') ? 'failed' : status.startsWith('4') ? 'delayed' : 'delivered'
}

/** `rfc822; <Name@place.example>` → `name@place.example` */
function addressOf(field: string | undefined): string | undefined {
  const address = field
    ?.slice(field.indexOf(';') + 1)
    .replace(/[<>\s]/g, '')
    .toLowerCase()
  return address === undefined || address === '' ? undefined : address
}
