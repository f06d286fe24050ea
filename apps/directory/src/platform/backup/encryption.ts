import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'

type Bytes = ReadableStream<Uint8Array>

/** Why a backup cannot be made or taken back, in a sentence for the operator. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused'
}

/** To whom a backup is encrypted: public keys (`age1…`), one a line; `#` begins a remark. */
export function parseRecipients(text: string): readonly string[] {
  const recipients = linesOf(text)
  if (recipients.some((line) => line.startsWith('AGE-SECRET-KEY')))
    throw new BackupRefused(
      'This is the private key. Keep it away from this machine; give the public one (age1…).',
    )
  if (recipients.length === 0) throw new BackupRefused('There is no public key (age1…) in it.')
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch {
      throw new BackupRefused('This is no public key of age: it begins with age1.')
    }
  }
  return recipients
}

export async function encrypt(plain: Bytes, recipients: readonly string[]): Promise<Bytes> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return encrypter.encrypt(plain)
}

/** Opens a backup with the private key in `keyFile`. A changed or cut file breaks off the stream. */
export async function decrypt(secret: Bytes, keyFile: string): Promise<Bytes> {
  const decrypter = new Decrypter()
  try {
    const keys = linesOf(keyFile)
    for (const key of keys) decrypter.addIdentity(key)
    if (keys.length === 0) throw new TypeError('empty')
  } catch {
    throw new BackupRefused('There is no private key (AGE-SECRET-KEY-1…) in the file given with --key.')
  }
  return decrypter.decrypt(secret).catch(() => {
    throw new BackupRefused('This key does not open the file, or the file is no backup.')
  })
}

/** A new pair: the text of the private key's file, and the public key that stands in it too. */
export async function makeKeyPair(): Promise<{ readonly keyFile: string; readonly recipient: string }> {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  return { keyFile: `# public key: ${recipient}\n${identity}\n`, recipient }
}

/** Pulls one piece at a time, as far as somebody reads. */
export function streamOf(pieces: AsyncIterable<Uint8Array>): Bytes {
  const pulled = pieces[Symbol.asyncIterator]()
  return new ReadableStream({
    pull: async (stream) => {
      const { done, value } = await pulled.next()
      if (done) stream.close()
      else stream.enqueue(value)
    },
    cancel: async () => void (await pulled.return?.()),
  })
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}
