import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../../../../shared/seeds/', import.meta.url)
export const sourceFolder = fileURLToPath(folder)

/** The source documents stand beside the checkout; what is asked of them must be answered in CI. */
export const areSourcesThere = existsSync(folder) || Boolean(process.env['CI'])

/** The files as they lie there. */
export function sourceFiles(): readonly { readonly name: string; readonly bytes: Buffer }[] {
  return readdirSync(folder).map((name) => ({ name, bytes: readFileSync(new URL(name, folder)) }))
}

/** Their texts: each is told by its own words, nothing depends on the name of a file. */
export function sourceTexts(): readonly string[] {
  return sourceFiles().map(({ bytes }) => bytes.toString('utf8'))
}
