import { ok, type Result } from '@parley/kernel'
import { z } from 'zod'
import type { Opened } from '../open-store.ts'
import type { OwnKeyText } from './read-mail.ts'

const kept = z.object({ version: z.literal(1), armored: z.string(), passphrase: z.string().optional() })

/** The office's own OpenPGP key with its private half, sealed in the Desk's store; nothing where it has none. */
export async function readOwnKey({ sealed }: Pick<Opened, 'sealed'>): Promise<OwnKeyText | undefined> {
  const bytes = await sealed('own-key').read()
  return bytes && kept.parse(JSON.parse(bytes.toString('utf8')))
}

export function writeOwnKey({ sealed }: Pick<Opened, 'sealed'>, key: OwnKeyText): Promise<Result<undefined>> {
  return sealed('own-key').write(JSON.stringify(kept.parse({ version: 1, ...key })))
}

export async function dropOwnKey({ sealed }: Pick<Opened, 'sealed'>): Promise<Result<undefined>> {
  await sealed('own-key').remove()
  return ok(undefined)
}
