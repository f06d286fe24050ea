import { after, ok, refuse } from '@parley/kernel'
import { snapshotValidFor } from '@parley/protocol/snapshot'
import type { Database } from '../../platform/database/database.ts'
import { actingOf } from '../../platform/session/actor.ts'
import { findIssue, findPart, type SnapshotIssue } from '../snapshot/index.ts'
import { type Operation, operation } from './operation.ts'
import * as schemas from './schemas.ts'
import { base } from './serve-operations.ts'
import type { SystemScope } from '../tokens/index.ts'

const verb = 'api.snapshot'
const needs = 'snapshot:read'
const params = schemas.snapshotPath
const query = schemas.nothingAsked
const replaced = refuse({ code: 'api/snapshot-replaced', kind: 'gone' })

/** The signed copy of the directory for an office: what there is, the file, and its signature in a file of its own. */
export function snapshotOperations(
  origin: URL,
  database: Pick<Database, 'transaction'>,
): readonly Operation[] {
  return [
    operation({
      id: 'getSnapshot',
      path: '/snapshot',
      verb,
      needs,
      summary: 'The current snapshot',
      description:
        'Its number and where its two files are; costs nothing. A number that you have already needs no fetching.',
      params: schemas.nothingAsked,
      query,
      answer: schemas.snapshot,
      read: async ({ tx }) => {
        const issue = await findIssue(tx)
        if (!issue) return refuse({ code: 'api/no-snapshot', kind: 'absent' })
        const { number, issuedAt, size, digest, publicKey } = issue
        const at = (file: string) => new URL(`${base}/snapshots/${number}/${file}`, origin).href
        return ok({
          value: {
            number,
            issuedAt: issuedAt.toISOString(),
            validUntil: after(issuedAt, snapshotValidFor).toISOString(),
            size,
            sha256: digest,
            publicKey,
            file: at('snapshot.json'),
            signature: at('snapshot.sig'),
          },
        })
      },
    }),
    operation({
      id: 'getSnapshotFile',
      path: '/snapshots/{number}/snapshot.json',
      verb,
      needs,
      summary: 'The file of a snapshot',
      description:
        'Canonical JSON (RFC 8785). A use of the whole list: a line that the Mission reads, and ten a day are the most; an answer 304 is none. Only the current one is sent.',
      params,
      query,
      answer: schemas.binary,
      media: 'application/vnd.parley.snapshot+json',
      read: async ({ tx, actor }, { number }) => {
        const issue = await findIssue(tx, Number(number))
        if (!issue || issue.isReplaced) return replaced
        const { digest, size } = issue
        const body = () => sendParts(database, actor, issue)
        return ok({ value: '', isSnapshot: true, file: { digest, size, body } })
      },
    }),
    operation({
      id: 'getSnapshotSignature',
      path: '/snapshots/{number}/snapshot.sig',
      verb,
      needs,
      summary: 'The signature of a snapshot',
      description:
        'The 64 raw bytes of an Ed25519 signature over the file; also of a snapshot that was replaced within the last half hour.',
      params,
      query,
      answer: schemas.binary,
      media: 'application/octet-stream',
      read: async ({ tx }, { number }) => {
        const issue = await findIssue(tx, Number(number))
        if (!issue) return replaced
        const bytes = Uint8Array.from(Buffer.from(issue.signature, 'base64'))
        return ok({ value: '', file: { digest: issue.digest, size: bytes.length, body: () => bytes } })
      },
    }),
  ]
}

/** A part is a transaction of its own: a slow reader holds neither one of these nor the whole file. */
function sendParts(
  database: Pick<Database, 'transaction'>,
  actor: SystemScope['actor'],
  { number, size }: SnapshotIssue,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let position = 0
  let sent = 0
  return new ReadableStream({
    pull: async (controller) => {
      const part = await database.transaction(actingOf(actor), (tx) => findPart(tx, number, position))
      position += 1
      const bytes = encoder.encode(part ?? '')
      sent += bytes.length
      if (part !== undefined) controller.enqueue(bytes)
      else if (sent === size) controller.close()
      // Replaced and deleted while a slow reader was in the middle: an end that says so.
      else controller.error(new Error('the snapshot was deleted while it was sent'))
    },
  })
}
