import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asDuty, type Performer } from '../../../platform/action.ts'
import { readsName } from '../read-file/file-format.ts'
import { refusalInEnglish } from './say-imported.ts'
import { readManifest } from '../read-file/read-manifest.ts'
import type { LibraryTables } from '../tables.ts'
import { importDocuments } from './import-documents.ts'

const manifestName = 'manifest.json'
const root = new URL('../../../../../../', import.meta.url)

/** Where the documents of a demonstration are: where somebody says, beside the checkout, or our own. */
export function demonstrationFolder(asked: string | undefined): string {
  if (asked) return asked
  const beside = fileURLToPath(new URL('../shared/seeds/', root))
  return existsSync(beside) ? beside : fileURLToPath(new URL('../family/', import.meta.url))
}

/** Fills an empty library from a folder; says what could not be read. */
export async function fillLibrary(
  performer: Performer,
  now: Date,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const isFilled = await performer.database.transaction({ role: 'worker' }, (tx) =>
    tx.withTables<LibraryTables>().selectFrom('library.document').select('id').limit(1).executeTakeFirst(),
  )
  if (!isFilled) await importFolder(performer, now, folder, say)
}

/** Everything in a folder that has the name of a document, with the manifest that may lie there. */
export async function importFolder(
  performer: Performer,
  now: Date,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const names = readdirSync(folder).filter(readsName).toSorted()
  const json = join(folder, manifestName)
  const manifests = existsSync(json) ? readManifest(readFileSync(json, 'utf8'), names) : undefined
  if (manifests?.ok === false) {
    say(`${json}: ${refusalInEnglish(manifests.refusal)}`)
    return
  }
  const bringing = { performer, request: asDuty('library', now), manifests: manifests?.value }
  for await (const { file, result } of importDocuments(bringing, filesOf(folder, names)))
    if (!result.ok) say(`${join(folder, file)}: ${refusalInEnglish(result.refusal)}`)
}

function* filesOf(folder: string, names: readonly string[]) {
  for (const name of names) yield { name, bytes: readFileSync(join(folder, name)) }
}
