import type { Result } from '@parley/kernel'
import { z } from 'zod'
import type { Opened } from '../open-store.ts'

const server = z.strictObject({
  host: z.string().min(1).max(255),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().max(320),
  password: z.string().max(1_000),
})
const settings = z.strictObject({
  version: z.literal(1),
  /** The office's own address: what it writes comes from there. */
  address: z.string().max(320),
  imap: server.optional(),
  smtp: server.optional(),
  /** Mail that the mailbox received before is left alone. */
  since: z.iso.datetime(),
})
const place = z.strictObject({
  version: z.literal(1),
  mailbox: z.string(),
  validity: z.string(),
  uid: z.number(),
})

/** Where the office's mail lies and by which way it leaves. Kept sealed, passwords and all. */
export type MailSettings = z.output<typeof settings>
export type MailServer = z.output<typeof server>

export async function readMailSettings({
  sealed,
}: Pick<Opened, 'sealed'>): Promise<MailSettings | undefined> {
  const bytes = await sealed('mail-settings').read()
  return bytes && settings.parse(JSON.parse(bytes.toString('utf8')))
}

export function writeMailSettings(
  { sealed }: Pick<Opened, 'sealed'>,
  kept: MailSettings,
): Promise<Result<undefined>> {
  return sealed('mail-settings').write(JSON.stringify(settings.parse(kept)))
}

/** How far the mailbox was read: written down behind each group of mails, so that a crash repeats and skips none. */
export async function readPlace(
  { sealed }: Pick<Opened, 'sealed'>,
  server: MailServer,
): Promise<{ readonly validity: string; readonly uid: number } | undefined> {
  const bytes = await sealed('mailbox-place').read()
  const kept = bytes && place.parse(JSON.parse(bytes.toString('utf8')))
  return kept?.mailbox === nameOf(server) ? kept : undefined
}

export function writePlace(
  { sealed }: Pick<Opened, 'sealed'>,
  server: MailServer,
  { validity, uid }: { readonly validity: string; readonly uid: number },
): Promise<Result<undefined>> {
  const kept = { version: 1, mailbox: nameOf(server), validity, uid } as const
  return sealed('mailbox-place').write(JSON.stringify(place.parse(kept)))
}

/** Another mailbox numbers its mails for itself. */
function nameOf({ host, port, user }: MailServer): string {
  return `${user} ${host} ${port}`
}

/** The server as packages/mail takes it. With `starttls`, nothing is said before the line is encrypted. */
export function urlOf(
  protocol: 'imap' | 'smtp',
  { host, port, security, user, password }: MailServer,
): string {
  const url = new URL(
    `${protocol}${security === 'tls' ? 's' : ''}://${host.includes(':') ? `[${host}]` : host}:${port}`,
  )
  const login = user === '' ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`
  const query = security === 'starttls' ? '?requireTLS=true' : security === 'none' ? '?ignoreTLS=true' : ''
  return `${url.protocol}//${login}${url.host}${query}`
}
