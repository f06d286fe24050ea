import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { ok, type Result } from '@parley/kernel'
import { asDuty } from '../../../platform/action.ts'
import type { Command, CommandScope } from '../../../platform/command.ts'
import { largestDocument } from '../read-file/file-limits.ts'
import { readManifest } from '../read-file/read-manifest.ts'
import type { Manifest } from '../structured-document.ts'
import { type Becomes, importDocuments } from './import-documents.ts'
import { linesOfImported, refusalInEnglish } from './say-imported.ts'

/** CAP-12: documents into the library, with what was recognised in each; `--preview` keeps nothing. */
export const importDocumentsCommand: Command = {
  name: 'import-documents',
  usage:
    'import-documents FILE… [--manifest FILE] [--preview]   documents into the library, and what was recognised in each; with --preview nothing is kept',
  run: async (scope, words) => {
    const { performer, clock, say, readBytes } = scope
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { manifest: { type: 'string' }, preview: { type: 'boolean', default: false } },
    })
    const names = positionals.map((path) => basename(path))
    const problem =
      names.length === 0
        ? 'Say at least one file.'
        : new Set(names).size < names.length
          ? 'Two files have one name: bring them one after the other.'
          : undefined
    if (problem !== undefined) {
      say(problem)
      return 2
    }
    const manifests = readManifestFile(scope, values.manifest, names)
    if (!manifests.ok) {
      say(`${values.manifest}: ${refusalInEnglish(manifests.refusal)}`)
      return 1
    }
    const request = asDuty('command-line', clock.now())
    const bringing = { performer, request, manifests: manifests.value, isPreview: values.preview }
    // One that is not there is found before anything is kept; reading it again keeps no two in memory.
    for (const path of positionals) readBytes(path, largestDocument)
    const results: (Becomes | 'refused')[] = []
    for await (const imported of importDocuments(bringing, filesOf(scope, positionals))) {
      for (const said of linesOfImported(imported)) say(said)
      results.push(imported.result.ok ? imported.result.value.becomes : 'refused')
    }
    const count = (which: Becomes | 'refused') => results.filter((each) => each === which).length
    const refused = count('refused')
    say(
      `${count('kept')} new, ${count('replaced')} replaced, ${count('unchanged')} unchanged, ${refused} not read.` +
        (values.preview ? ' Nothing was kept.' : ''),
    )
    return refused === 0 ? 0 : 1
  },
}

function* filesOf({ readBytes }: CommandScope, paths: readonly string[]) {
  for (const path of paths) yield { name: basename(path), bytes: readBytes(path, largestDocument) }
}

function readManifestFile(
  { readFile }: CommandScope,
  path: string | undefined,
  names: readonly string[],
): Result<ReadonlyMap<string, Manifest> | undefined> {
  return path === undefined ? ok(undefined) : readManifest(readFile(path), names)
}
