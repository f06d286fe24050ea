import { createMessage, enums, readSignature, sign } from 'openpgp'
import { boundaryFor, joinBytes, latin1, linesOf, withCanonicalLines } from './mime.ts'
import { type OwnKey, privateHalf } from './own-key.ts'

/**
 * A MIME entity (its header fields, an empty line, its body) as `multipart/signed` (RFC 3156, 5). What goes in must
 * be written as relays leave it alone, or the signature would be broken on its way: a fault (TypeError) otherwise.
 * Rejects where the key cannot sign at `at`.
 */
export async function signEntity(entity: Uint8Array, own: OwnKey, at: Date): Promise<Uint8Array> {
  const signed = withCanonicalLines(entity)
  const trouble = findTrouble(signed)
  if (trouble) throw new TypeError(`a relay could change this: ${trouble}`)
  const armored = await sign({
    message: await createMessage({ binary: signed }),
    signingKeys: privateHalf(own),
    detached: true,
    date: at,
  })
  const boundary = boundaryFor(signed, 'signed')
  return joinBytes(
    `Content-Type: multipart/signed; micalg=${await micalgOf(armored)};\r\n`,
    ` protocol="application/pgp-signature"; boundary="${boundary}"\r\n\r\n`,
    `--${boundary}\r\n`,
    signed,
    `\r\n--${boundary}\r\n`,
    'Content-Type: application/pgp-signature; name="signature.asc"\r\n',
    'Content-Description: OpenPGP signature\r\n',
    'Content-Disposition: attachment; filename="signature.asc"\r\n\r\n',
    withCanonicalLines(joinBytes(armored.trim())),
    `\r\n--${boundary}--\r\n`,
  )
}

/** The name of the hash that the signature was made with. */
async function micalgOf(armored: string): Promise<string> {
  const [packet] = (await readSignature({ armoredSignature: armored })).packets
  if (!packet || packet.hashAlgorithm === null) throw new Error('not signed')
  return `pgp-${enums.read(enums.hash, packet.hashAlgorithm)}`
}

/** RFC 3156, 3: seven bits, no white space at the end of a line, nothing that mailboxes take for a new message. */
function findTrouble(entity: Uint8Array): string | undefined {
  for (const { start, end } of linesOf(entity)) {
    const line = latin1(entity.subarray(start, end))
    if (line.length > 998) return 'a line is too long'
    if (/[ \t]$/.test(line)) return 'a line ends in white space'
    if (line.startsWith('From ')) return 'a line begins as a mailbox parts its messages'
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    if (/[^\x01-\x7f]|\r/.test(line)) return 'not of seven bits'
  }
  return undefined
}
