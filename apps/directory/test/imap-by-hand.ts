import { connect } from 'node:net'

/**
 * Signs in to a mailbox and gives commands, one after the other, as a program that is not ours; gives back every line
 * of the answers. Throws at the first command that the server refuses.
 */
export async function imapByHand(
  imapUrl: string,
  ...commands: readonly string[]
): Promise<readonly string[]> {
  const { hostname, port, username, password } = new URL(imapUrl)
  const socket = connect(Number(port), hostname).setEncoding('utf8')
  const toGive = [`LOGIN ${username} ${password}`, ...commands, 'LOGOUT']
  const giveNext = () => socket.write(`a ${toGive.shift() ?? 'NOOP'}\r\n`)
  const lines: string[] = []
  let rest = ''
  giveNext()
  for await (const piece of socket) {
    const found = `${rest}${String(piece)}`.split('\r\n')
    rest = found.pop() ?? ''
    for (const line of found) {
      lines.push(line)
      if (/^a (?:NO|BAD)/.test(line)) throw new Error(line)
      if (line.startsWith('a OK') && toGive.length > 0) giveNext()
    }
  }
  return lines
}
