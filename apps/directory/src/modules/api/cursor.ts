import { timingSafeEqual } from 'node:crypto'
import { parseId, parseStateCode } from '@parley/kernel'
import type { Keys } from '../../platform/config/keys.ts'
import type { EntryPosition } from '../directory/index.ts'

/** Of whom and of which list a cursor is: it opens no other. */
export type Belonging = readonly (string | undefined)[]

const macBytes = 16

/** Where the next page begins, sealed: a cursor that was not made here, for this token and these filters, is none. */
export function writeCursor(keys: Keys, belongs: Belonging, { state, id }: EntryPosition): string {
  const position = Buffer.from(state + id.replaceAll('-', ''), 'latin1')
  return Buffer.concat([macOf(keys, belongs, position), position]).toString('base64url')
}

export function readCursor(keys: Keys, belongs: Belonging, text: string): EntryPosition | undefined {
  const bytes = Buffer.from(text, 'base64url')
  const mac = bytes.subarray(0, macBytes)
  const position = bytes.subarray(macBytes)
  if (mac.length !== macBytes || !timingSafeEqual(mac, macOf(keys, belongs, position))) return undefined
  const [, code = '', hex = ''] = /^([A-Z]{2})([0-9a-f]{32})$/.exec(position.toString('latin1')) ?? []
  const state = parseStateCode(code)
  const id = parseId<'entry'>(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
  return state && id && { state, id }
}

function macOf(keys: Keys, belongs: Belonging, position: Buffer): Buffer {
  const named = JSON.stringify([...belongs.map((each) => each ?? null), position.toString('latin1')])
  return keys.mac('cursor', named).subarray(0, macBytes)
}
