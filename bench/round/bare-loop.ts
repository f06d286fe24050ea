// The other side of the round bench: nothing but a pool of connections and the same messages, ready to be sent.
import { readFile } from 'node:fs/promises'
import { createTransport } from 'nodemailer'
import { answer, measure, settingsOf } from '../child.ts'
import type { PreparedMail, RoundSettings } from './settings.ts'

const { smtp, connections } = settingsOf<RoundSettings>()
const pool = createTransport({ url: smtp, pool: true, maxConnections: connections })
let mails: readonly { from: string; to: string; raw: Buffer }[] = []

answer(
  {
    read: async (file) => {
      const lines = (await readFile(file, 'utf8')).split('\n')
      mails = lines.map((line) => {
        const mail: PreparedMail = JSON.parse(line)
        return { ...mail, raw: Buffer.from(mail.raw, 'latin1') }
      })
    },
    send: () => measure(send),
  },
  async () => pool.close(),
)

async function send(): Promise<void> {
  const queue = mails.values()
  const lane = async () => {
    for (const { from, to, raw } of queue) {
      const dsn = { ret: 'HDRS', notify: ['SUCCESS', 'FAILURE', 'DELAY'], orcpt: `rfc822;${to}` }
      await pool.sendMail({ envelope: { from, to }, raw, dsn })
    }
  }
  await Promise.all(Array.from({ length: connections }, lane))
}
