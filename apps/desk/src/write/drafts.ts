import { ok, type Result } from '@parley/kernel'
import { checkMessage, type Message } from '@parley/protocol'
import { z } from 'zod'
import type { Opened } from '../open-store.ts'
import { dropAttachments } from './attachments.ts'

const draft = z.object({
  title: z.string().min(1).max(1_000),
  case: z.string().optional(),
  message: z.record(z.string(), z.unknown()),
})
const kept = z.object({ version: z.literal(1), drafts: z.array(draft) })

/** A message that has not gone out. Kept sealed, all of them in one file. */
export interface Draft {
  readonly title: string
  /** The case that it belongs to; it opens one where there is none. */
  readonly case?: string | undefined
  readonly message: Message
}

/** Those that this version can read, the newest first. */
export async function readDrafts({ sealed }: Pick<Opened, 'sealed'>): Promise<readonly Draft[]> {
  const bytes = await sealed('drafts').read()
  if (!bytes) return []
  return kept.parse(JSON.parse(bytes.toString('utf8'))).drafts.flatMap((each) => {
    const message = checkMessage(each.message)
    return message.ok ? [{ title: each.title, case: each.case, message: message.value }] : []
  })
}

export async function findDraft(opened: Pick<Opened, 'sealed'>, id: string): Promise<Draft | undefined> {
  return (await readDrafts(opened)).find(({ message }) => message.id === id)
}

export async function keepDraft(opened: Pick<Opened, 'sealed'>, wanted: Draft): Promise<Result<Draft>> {
  const others = (await readDrafts(opened)).filter(({ message }) => message.id !== wanted.message.id)
  const written = await write(opened, [wanted, ...others])
  return written.ok ? ok(wanted) : written
}

export async function dropDraft(opened: Pick<Opened, 'sealed'>, id: string): Promise<Result<undefined>> {
  const drafts = await readDrafts(opened)
  const others = drafts.filter(({ message }) => message.id !== id)
  const written = await write(opened, others)
  const dropped = drafts.find(({ message }) => message.id === id)
  if (written.ok && dropped) await dropAttachments(opened, dropped, others)
  return written
}

function write({ sealed }: Pick<Opened, 'sealed'>, drafts: readonly Draft[]): Promise<Result<undefined>> {
  return sealed('drafts').write(JSON.stringify({ version: 1, drafts }))
}
