import { createHmac, hkdfSync } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, refuse, type Result } from '@parley/kernel'
import { isDiskFull, writeDurably } from './durable.ts'
import { seal, unseal } from './seal.ts'

/** What is kept beside the record and may be written anew: drafts, settings, the copy of the directory. */
export interface SealedFile {
  /** Nothing where it was never written, or is not what was. */
  read(): Promise<Buffer | undefined>
  write(bytes: Uint8Array | string): Promise<Result<undefined>>
  remove(): Promise<void>
}

/** A file by its purpose, which its name does not tell. Without a key it is locked. */
export function sealedFile(folder: string, keyOf: () => Uint8Array | undefined, purpose: string): SealedFile {
  const place = `sealed ${purpose}`
  const derive = (what: string): Buffer => {
    const key = keyOf()
    if (!key) throw new Error('The Desk is locked')
    return Buffer.from(hkdfSync('sha256', key, '', `parley sealed ${what}`, 32))
  }
  const pathOf = () => join(folder, createHmac('sha256', derive('names')).update(purpose).digest('hex'))
  return {
    read: async () => {
      const key = derive('contents')
      try {
        return unseal(key, await readFile(pathOf()), place)
      } catch (fault) {
        if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined
        throw fault
      }
    },
    write: async (bytes) => {
      const path = pathOf()
      const sealed = seal(derive('contents'), Buffer.from(bytes), place)
      try {
        await mkdir(folder, { recursive: true })
        await writeDurably(path, sealed)
        return ok(undefined)
      } catch (fault) {
        if (isDiskFull(fault)) return refuse({ code: 'desk/disk-full', kind: 'conflict' })
        throw fault
      }
    },
    remove: async () => rm(pathOf(), { force: true }),
  }
}
