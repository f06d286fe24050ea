import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@parley/kernel'
import type { MessageId } from '../../apps/directory/src/modules/checks/domain/check.ts'
import { codeOf, mailToken, readToken } from '../../apps/directory/src/modules/checks/tokens.ts'
import type { Keys } from '../../apps/directory/src/platform/config/keys.ts'
import type { Draw } from './draws.ts'
import { checksAddress } from './orders.ts'
import { readTaken } from './taken.ts'

const answerers = 4

interface Answering {
  readonly taken: string
  readonly inbox: string
  readonly webPorts: readonly number[]
  readonly draw: Draw
  readonly keys: Keys
}

/**
 * Answers what arrived, by the button and by mail, until stopped; what was confirmed is kept. No message is answered
 * again that may have been answered: a second answer would hide that the first was lost.
 */
export function openAnswers({ taken, inbox, webPorts, draw, keys }: Answering) {
  const confirmed = new Set<MessageId>()
  const mailed = new Map<string, MessageId>()
  const tried = new Set<MessageId>()
  const stopping = new AbortController()
  const answer = async () => {
    const arrived = readTaken(taken)
    const message = readToken(keys, 'check', arrived[draw(arrived.length)]?.name ?? '')
    if (!message || tried.has(message)) return
    tried.add(message)
    if (draw(2) === 0) {
      const port = webPorts[draw(webPorts.length)] ?? 0
      const status = await postTo(port, `/en/checks/${codeOf(keys, message)}`)
      if (status === 303) confirmed.add(message)
      return
    }
    const name = join(inbox, `${newId()}.eml`)
    writeFileSync(`${name}.part`, replyTo(keys, message))
    renameSync(`${name}.part`, name)
    mailed.set(name, message)
  }
  const answering = async () => {
    while (!stopping.signal.aborted) {
      await answer()
      await sleep(200 + draw(200))
    }
  }
  const working = (async () => {
    await Promise.all(Array.from({ length: answerers }, answering))
    for (let tries = 0; readdirSync(inbox).length > 0 && tries < 100; tries += 1) await sleep(200)
    // A mail that is gone was read: that is the confirmation.
    for (const [name, message] of mailed) if (!existsSync(name)) confirmed.add(message)
  })()
  return {
    confirmed,
    stop: () => {
      stopping.abort()
      return working
    },
  }
}

function replyTo(keys: Keys, message: MessageId): string {
  const [name, domain] = checksAddress.split('@')
  return [
    'From: Duty Officer <duty@elsewhere.example>',
    `To: ${name}+${mailToken(keys, 'answer', message)}@${domain}`,
    'Subject: Re: Communication check',
    `Message-ID: <${newId()}@elsewhere.example>`,
    '',
    'We have received this. Anna, on duty today.',
    '',
  ].join('\r\n')
}

function postTo(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const origin = 'http://localhost:8080'
    const headers = { host: 'localhost:8080', origin, 'sec-fetch-site': 'same-origin', 'content-length': 0 }
    const asking = request(
      { host: '127.0.0.1', port, path, method: 'POST', headers, timeout: 5_000 },
      (answer) => {
        resolve(answer.statusCode)
        answer.resume()
      },
    )
    asking.on('timeout', () => asking.destroy())
    asking.on('error', () => resolve(undefined))
    asking.end()
  })
}
