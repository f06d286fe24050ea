import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mailbox } from './mailbox.ts'
import { largestMail } from './parse-mail.ts'

export interface FolderMailbox extends Mailbox {
  /** Puts a mail into "to be read", as the server would that took it. */
  keepWaiting(raw: Uint8Array, receivedAt: Date): Promise<void>
}

/** A mailbox of files below `folder`, for first runs and tests. Nothing comes into its inbox: mail is handed in. */
export async function openFolderMailbox(folder: string): Promise<FolderMailbox> {
  const waiting = join(folder, 'to-be-read')
  const read = join(folder, 'read')
  await mkdir(waiting, { recursive: true })
  await mkdir(read, { recursive: true })
  let last = Number([...(await idsIn(waiting)), ...(await idsIn(read))].toSorted().at(-1) ?? 0)

  async function readWaiting(id: string) {
    const file = join(waiting, `${id}.eml`)
    if (!/^\d{8}$/.test(id)) return undefined
    const raw = await readFile(file).catch(() => undefined)
    return raw && { raw: raw.subarray(0, largestMail), receivedAt: (await stat(file)).mtime }
  }

  return {
    readWaiting,
    async keepWaiting(raw, receivedAt) {
      last += 1
      const file = join(waiting, `${String(last).padStart(8, '0')}.eml`)
      await writeFile(`${file}.part`, raw)
      await utimes(`${file}.part`, receivedAt, receivedAt)
      await rename(`${file}.part`, file)
    },
    readNew: async () => ({ read: 0, waiting: 0, left: 0, failed: 0 }),
    count: async () => (await idsIn(waiting)).length,
    async listWaiting(limit) {
      const newest = (await idsIn(waiting)).slice(-limit).toReversed()
      const mails = newest.map(async (id) => {
        const mail = await readWaiting(id)
        return mail ? [{ id, receivedAt: mail.receivedAt, head: headOf(mail.raw) }] : []
      })
      return (await Promise.all(mails)).flat()
    },
    async settleWaiting(ids) {
      for (const id of ids.filter((each) => /^\d{8}$/.test(each)))
        await rename(join(waiting, `${id}.eml`), join(read, `${id}.eml`)).catch(() => undefined)
    },
    async purge(before) {
      const old: string[] = []
      for (const id of await idsIn(read))
        if ((await stat(join(read, `${id}.eml`))).mtime < before) old.push(id)
      for (const id of old) await rm(join(read, `${id}.eml`), { force: true })
      return old.length
    },
  }
}

async function idsIn(place: string): Promise<readonly string[]> {
  return (await readdir(place)).flatMap((name) => /^(\d{8})\.eml$/.exec(name)?.[1] ?? []).sort()
}

/** Up to the first empty line. */
function headOf(raw: Buffer): Uint8Array {
  const end = /\r?\n\r?\n/.exec(raw.toString('latin1'))?.index
  return raw.subarray(0, end ?? raw.byteLength)
}
