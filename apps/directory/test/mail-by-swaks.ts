import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

interface MailBySwaks {
  readonly to: string
  /** Of the envelope. */
  readonly from: string
  /** Head and body, as they go over the wire. */
  readonly raw: Uint8Array | string
}

/** Sends a mail with a program that is not ours, through a server of the tests. */
export async function mailBySwaks(smtpUrl: string, { to, from, raw }: MailBySwaks): Promise<void> {
  const envelope = ['--server', new URL(smtpUrl).host, '--from', from, '--to', to]
  const sending = promisify(execFile)('swaks', [...envelope, '--silent', '2', '--data', '-'])
  sending.child.stdin?.end(raw)
  await sending
}
