import { ok, refuse, type Result } from '@parley/kernel'
import { type Action, type ActionScope, type Performer, unchanged } from '../../../platform/action.ts'
import { actingOf } from '../../../platform/session/actor.ts'
import { findVersion } from '../store/find-version.ts'
import { keepDocument } from '../store/keep-document.ts'
import type { Manifest } from '../structured-document.ts'
import { type GivenFile, readGiven, type ReadGiven, recogniseGiven, type Recognised } from './read-given.ts'

type Became = 'kept' | 'replaced' | 'unchanged'

interface Imported {
  readonly became: Became
  readonly manifest: Manifest
}

export interface ImportedFile {
  readonly file: string
  readonly result: Result<Imported>
}

/**
 * CAP-12, OEW-12: each file becomes a document of the library, in a transaction of its own; what is wrong with one stops no
 * other. The same file again changes nothing.
 */
export async function importDocuments(
  performer: Performer,
  request: Omit<ActionScope, 'tx'>,
  files: Iterable<GivenFile>,
  manifests: ReadonlyMap<string, Manifest> = new Map(),
): Promise<readonly ImportedFile[]> {
  const taken = new Map<string, string>()
  const imported: ImportedFile[] = []
  for (const file of files) {
    const result = await importOne(performer, request, file, manifests.get(file.name), taken)
    imported.push({ file: file.name, result })
  }
  return imported
}

async function importOne(
  performer: Performer,
  request: Omit<ActionScope, 'tx'>,
  file: GivenFile,
  told: Manifest | undefined,
  taken: Map<string, string>,
): Promise<Result<Imported>> {
  const read = await readGiven(file, told)
  if (!read.ok) return read
  const { manifest } = read.value
  const first = takeVersion(taken, read.value)
  if (!first.ok) return first
  const isKept = await performer.database.transaction(actingOf(request.actor), async (tx) =>
    isSame(await findVersion(tx, manifest), read.value),
  )
  if (isKept) return ok({ became: 'unchanged', manifest })
  const kept = await performer.perform(request, keepRead(read.value, recogniseGiven(read.value)))
  return kept.ok ? ok({ became: kept.value, manifest }) : kept
}

/** Two files that come together cannot be one document in one language: nobody could say which of them is meant. */
function takeVersion(taken: Map<string, string>, { file, manifest }: ReadGiven): Result<void> {
  const version = `${manifest.symbol} ${manifest.language}`
  const other = taken.get(version)
  if (other === undefined) {
    taken.set(version, file)
    return ok(undefined)
  }
  const values = { file, other, symbol: manifest.symbol }
  return refuse({ code: 'library/manifest-version-twice', kind: 'conflict', values })
}

function keepRead(read: ReadGiven, { document, citations }: Recognised): Action<Became> {
  return async (scope) => {
    const there = await findVersion(scope.tx, read.manifest)
    if (isSame(there, read)) return unchanged('unchanged')
    const kept = await keepDocument(scope, document, citations)
    return kept.ok ? ok({ ...kept.value, value: there ? 'replaced' : 'kept' }) : kept
  }
}

function isSame(
  there: Awaited<ReturnType<typeof findVersion>>,
  { digest, manifest: { kind, dated, becameSymbol } }: ReadGiven,
): boolean {
  return (
    there?.digest === digest &&
    there.kind === kind &&
    there.dated === (dated ?? null) &&
    there.becameSymbol === (becameSymbol ?? null)
  )
}
