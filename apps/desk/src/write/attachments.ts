import { ok, refuse, type Result } from '@parley/kernel'
import { checkMessage, describeFile, type FileContent, type Message } from '@parley/protocol'
import type { Opened } from '../open-store.ts'

interface Written {
  readonly message: Message
}

/** Bytes of all files of a message: what mail servers usually take, in the form in which they travel. */
const most = 25 * 1024 * 1024

/** The files of a draft, sealed one by one beside it until it has gone out. */
export async function readAttachments(
  { sealed }: Pick<Opened, 'sealed'>,
  { attachments }: Pick<Message, 'attachments'>,
): Promise<Result<readonly FileContent[]>> {
  const files: FileContent[] = []
  for (const { name, sha256 } of attachments) {
    const bytes = await sealed(placeOf(sha256)).read()
    if (!bytes) return refuse({ code: 'desk/file-missing', kind: 'gone' })
    files.push({ name, bytes: new Uint8Array(bytes) })
  }
  return ok(files)
}

/** The draft with one file more; a file of the same name gives way to it. */
export async function attach<Draft extends Written>(
  { sealed }: Pick<Opened, 'sealed'>,
  draft: Draft,
  { name, bytes }: FileContent,
): Promise<Result<Draft>> {
  const file = await describeFile({ name: plainName(name), bytes })
  const others = draft.message.attachments.filter((each) => each.name !== file.name)
  const attachments = [...others, file]
  if (attachments.reduce((sum, { size }) => sum + size, 0) > most)
    return refuse({ code: 'desk/attachments-too-large', kind: 'invalid', field: 'file-file' })
  const message = checkMessage({ ...draft.message, attachments })
  if (!message.ok) return refuse({ code: 'desk/attachment-invalid', kind: 'invalid', field: 'file-file' })
  const kept = await sealed(placeOf(file.sha256)).write(bytes)
  return kept.ok ? ok({ ...draft, message: message.value }) : kept
}

export function detach<Draft extends Written>(draft: Draft, name: string): Draft {
  const attachments = draft.message.attachments.filter((each) => each.name !== name)
  return { ...draft, message: { ...draft.message, attachments } }
}

/** Once no draft needs them any more. */
export async function dropAttachments(
  { sealed }: Pick<Opened, 'sealed'>,
  { message }: Written,
  others: readonly Written[],
): Promise<void> {
  const needed = new Set(others.flatMap((each) => each.message.attachments.map(({ sha256 }) => sha256)))
  for (const { sha256 } of message.attachments)
    if (!needed.has(sha256)) await sealed(placeOf(sha256)).remove()
}

function placeOf(sha256: string): string {
  return `attachment ${sha256}`
}

/** As a browser of any system says it, without its folders. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  return (
    last
      .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .trim()
      .slice(0, 200) || 'attachment'
  )
}
