import { ok, refuse, type Result } from '@parley/kernel'
import { type Action, type ActionScope, type Performer, unchanged } from '../../../platform/action.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { actingOf } from '../../../platform/session/actor.ts'
import { findVersion } from '../store/find-version.ts'
import { keepDocument } from '../store/keep-document.ts'
import type { Manifest } from '../structured-document.ts'
import { type GivenFile, readGiven, type ReadGiven, recogniseGiven, type Recognised } from './read-given.ts'

/** What becomes of a file: a document that was not there, one instead of another, or nothing. */
export type Becomes = 'kept' | 'replaced' | 'unchanged'

export interface ImportedFile {
  readonly file: string
  readonly result: Result<
    ReadGiven & {
      readonly becomes: Becomes
      readonly recognise: () => Recognised
    }
  >
}

/** Versions that files which come together have taken: by symbol and language, the name of the file. */
type Taken = Map<string, string>

/** Whoever brings files: they come together, and are kept unless this is a preview. */
interface Bringing {
  readonly performer: Performer
  readonly request: Omit<ActionScope, 'tx'>
  readonly manifests?: ReadonlyMap<string, Manifest> | undefined
  readonly isPreview?: boolean
}

/**
 * CAP-12, OEW-12: each file becomes a document of the library, in a transaction of its own; what is wrong with one stops no
 * other. The same file again changes nothing. One after another, so that no two are in memory.
 */
export async function* importDocuments(
  bringing: Bringing,
  files: Iterable<GivenFile>,
): AsyncGenerator<ImportedFile, void> {
  const taken: Taken = new Map()
  for (const file of files) yield { file: file.name, result: await importOne(bringing, file, taken) }
}

async function importOne(
  { performer, request, manifests, isPreview = false }: Bringing,
  file: GivenFile,
  taken: Taken,
): Promise<ImportedFile['result']> {
  const given = await readGiven(file, manifests?.get(file.name))
  if (!given.ok) return given
  const read = given.value
  const first = takeVersion(taken, read)
  if (!first.ok) return first
  const becomes = await performer.database.transaction(actingOf(request.actor), (tx) => weigh(tx, read))
  let recognised: Recognised | undefined
  const recognise = () => (recognised ??= recogniseGiven(read))
  if (isPreview || becomes === 'unchanged') return ok({ ...read, becomes, recognise })
  const kept = await performer.perform(request, keepRead(read, recognise()))
  return kept.ok ? ok({ ...read, becomes: kept.value, recognise }) : kept
}

/** Two files that come together cannot be one document in one language: nobody could say which of them is meant. */
export function takeVersion(taken: Taken, { file, manifest }: ReadGiven): Result<void> {
  const version = `${manifest.symbol} ${manifest.language}`
  const other = taken.get(version)
  if (other === undefined) {
    taken.set(version, file)
    return ok(undefined)
  }
  const values = { file, other, symbol: manifest.symbol }
  return refuse({ code: 'library/manifest-version-twice', kind: 'conflict', values })
}

/** What would become of it now. */
export async function weigh(
  tx: Tx,
  { digest, manifest }: Pick<ReadGiven, 'digest' | 'manifest'>,
): Promise<Becomes> {
  const there = await findVersion(tx, manifest)
  if (!there) return 'kept'
  const isSame =
    there.digest === digest &&
    there.kind === manifest.kind &&
    there.dated === (manifest.dated ?? null) &&
    there.becameSymbol === (manifest.becameSymbol ?? null)
  return isSame ? 'unchanged' : 'replaced'
}

export function keepRead(read: ReadGiven, { document, citations }: Recognised): Action<Becomes> {
  return async (scope) => {
    const becomes = await weigh(scope.tx, read)
    if (becomes === 'unchanged') return unchanged(becomes)
    const kept = await keepDocument(scope, document, citations)
    return kept.ok ? ok({ ...kept.value, value: becomes }) : kept
  }
}
