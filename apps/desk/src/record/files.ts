import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, refuse, type Result } from '@parley/kernel'
import { syncFolder, writeBeside } from './durable.ts'
import type { KeptFile } from './events.ts'
import { seal, unseal } from './seal.ts'

export interface NewFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Attachments, each sealed in a file of its own whose name tells nothing without the key. */
export interface KeptFiles {
  /** Several, at once: given back once all of them are on the disk. */
  keep(files: readonly NewFile[]): Promise<readonly KeptFile[]>
  read(sha: string): Promise<Result<Buffer>>
}

/** The key is derived, so that whoever forgets the record's key forgets these too. */
export function keptFiles(folder: string, key: Uint8Array, record: string): KeptFiles {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', key, '', `parley files ${purpose}`, 32))
  const pathOf = (sha: string) => {
    const nameKey = derive('names')
    const name = createHmac('sha256', nameKey).update(`${record} ${sha}`).digest('hex')
    nameKey.fill(0)
    return join(folder, name)
  }
  const withKey = <T>(use: (fileKey: Buffer) => T): T => {
    const fileKey = derive('contents')
    try {
      return use(fileKey)
    } finally {
      fileKey.fill(0)
    }
  }
  const place = (sha: string) => `${record} file ${sha}`
  const read = async (sha: string): Promise<Result<Buffer>> => {
    if (!(await isThere(pathOf(sha)))) return refuse({ code: 'desk/file-missing', kind: 'gone' })
    const sealed = await readFile(pathOf(sha))
    const bytes = withKey((fileKey) => unseal(fileKey, sealed, place(sha)))
    if (!bytes || shaOf(bytes) !== sha) return refuse({ code: 'desk/file-changed', kind: 'gone' })
    return ok(bytes)
  }
  const write = async ({ name, bytes }: NewFile): Promise<KeptFile> => {
    const sha = shaOf(bytes)
    // The same contents are kept once, and anew where they are no longer what they were.
    if (!(await read(sha)).ok)
      await writeBeside(
        pathOf(sha),
        withKey((fileKey) => seal(fileKey, bytes, place(sha))),
      )
    return { name, size: bytes.length, sha }
  }
  return {
    keep: async (files) => {
      if (files.length === 0) return []
      const kept = await Promise.all(files.map(write))
      await syncFolder(folder)
      return kept
    },
    read,
  }
}

function shaOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
