import type { Socket } from 'node:net'
import { type Link, openLink } from './link.ts'

/** What the relay does wrong, besides what any line can do. */
type MailTrouble = 'none' | 'defers' | 'cut in the message' | 'cut before the answer'

export interface MailLink extends Link {
  trouble(kind: MailTrouble): void
}

/** A line to a mail server: it knows where a message begins. `broke` is told of each message that was broken off. */
export async function openMailLink(to: number, broke: () => void): Promise<MailLink> {
  let trouble: MailTrouble = 'none'
  const inMessage = new WeakSet<Socket>()
  const isAnswered = new WeakSet<Socket>()
  const link = await openLink(to, (piece, from, { client, server, pass, cut }) => {
    const text = piece.toString('latin1')
    if (from === 'server') {
      if (trouble === 'cut before the answer' && isAnswered.has(client) && text.startsWith('250')) {
        broke()
        return cut()
      }
      isAnswered.delete(client)
      return pass()
    }
    if (trouble === 'defers' && text.startsWith('MAIL FROM')) {
      client.write('451 4.3.2 Try again later\r\n')
      return
    }
    if (inMessage.has(client)) {
      if (trouble === 'cut in the message') {
        server.write(piece.subarray(0, Math.floor(piece.length / 2)))
        return cut()
      }
      if (text.endsWith('\r\n.\r\n')) {
        inMessage.delete(client)
        isAnswered.add(client)
      }
    } else if (text.startsWith('DATA')) inMessage.add(client)
    pass()
  })
  return {
    ...link,
    trouble: (kind) => {
      trouble = kind
    },
  }
}
