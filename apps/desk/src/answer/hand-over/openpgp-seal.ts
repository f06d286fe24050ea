import { ok, refuse, type Result } from '@parley/kernel'
import { decryptMail, encryptEntity, openOwnKey } from '@parley/protocol/openpgp'
import type { readOwnKey } from '../../mailbox/own-key.ts'

// A file for an office whose OpenPGP key is known: a MIME entity in `multipart/encrypted`, as mail has it.

const head = 'Content-Type: application/vnd.parley.hand-over\r\nContent-Transfer-Encoding: base64\r\n\r\n'

export async function sealTo(bytes: Buffer, publicKey: string, at: Date): Promise<Result<string>> {
  const lines = bytes.toString('base64').replace(/.{76}/g, '$&\r\n')
  const sealed = await encryptEntity(Buffer.from(`${head}${lines}\r\n`), { to: [publicKey], at })
  return sealed.ok
    ? ok(Buffer.from(sealed.value).toString('latin1'))
    : refuse({ code: 'desk/hand-over-key-unfit', kind: 'invalid', field: 'key' })
}

/** Whether a file is encrypted to a key; else a passphrase opens it. */
export function isSealedToKey(text: string): boolean {
  return /^content-type: *multipart\/encrypted/i.test(text)
}

export async function openWithKey(
  text: string,
  own: Awaited<ReturnType<typeof readOwnKey>>,
  at: Date,
): Promise<Result<Buffer>> {
  const key = own && (await openOwnKey(own.armored, own.passphrase))
  if (!key?.ok) return refuse({ code: 'desk/hand-over-no-key', kind: 'invalid', field: 'file' })
  // What proves who made it is the signature of its Desk, within.
  const opened = await decryptMail(Buffer.from(text, 'latin1'), key.value, [], at)
  switch (opened.kind) {
    case 'not-for-us':
      return refuse({ code: 'desk/hand-over-not-for-us', kind: 'invalid', field: 'file' })
    case 'none':
    case 'unreadable':
      return refuse({ code: 'desk/hand-over-tampered', kind: 'invalid', field: 'file' })
    case 'decrypted': {
      const content = Buffer.from(opened.content).toString('latin1')
      return content.startsWith(head)
        ? ok(Buffer.from(content.slice(head.length), 'base64'))
        : refuse({ code: 'desk/hand-over-unreadable', kind: 'invalid', field: 'file' })
    }
  }
}
