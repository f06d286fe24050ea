import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Clock, Locale } from '@parley/kernel'
import type { MailServers } from '@parley/testkit'
import { onTestFinished } from 'vitest'
import type { Case } from '../../apps/desk/src/cases/case.ts'
import { openDesk } from '../../apps/desk/src/open-desk.ts'
import type { Opened } from '../../apps/desk/src/open-store.ts'
import { type Answer, browse } from '../../apps/desk/test/desk-browser.ts'
import { emptyFolder, quick } from '../../apps/desk/test/desk-folder.ts'
import { mailFields } from '../../apps/desk/test/mail-fields.ts'

export const mailDomain = 'offices.example'

export interface OfficeWanted {
  /** Its name on the mail server. */
  readonly mailbox: string
  readonly state: string
  readonly kind: 'technical' | 'diplomatic'
  readonly entity: string
  /** In which its people read the Desk and write. */
  readonly language: Locale
  readonly person: string
}

interface Around {
  readonly servers: MailServers
  readonly clock: Clock
  readonly fetch: typeof fetch
}

export type Office = Awaited<ReturnType<typeof openIncidentOffice>>

/** The fictional States of the demonstration, as a Desk reads the members of its community. */
function fictionalProfile(): string {
  const profile = fileURLToPath(new URL('../../apps/directory/profiles/united-nations/', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'desk-profile-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(profile, 'profile.json'), join(folder, 'profile.json'))
  cpSync(join(profile, 'demonstration/states.csv'), join(folder, 'members.csv'))
  return folder
}

type Fields = Readonly<Record<string, string | Blob>>

function done(answer: Answer): Answer {
  if (answer.status !== 200) throw new Error(`${answer.at}: ${answer.status} ${answer.text}`)
  return answer
}

/** The Desk of one office, begun and open, with its mailbox; its pages are used as by a browser without scripts. */
export async function openIncidentOffice(wanted: OfficeWanted, { servers, clock, fetch }: Around) {
  const { mailbox, language, person } = wanted
  const folder = emptyFolder()
  const profile = fictionalProfile()
  const origin = new URL('http://localhost:8318')
  const desk = openDesk({ ...quick, clock, folder, profile, origin, isShared: false, fetch })
  onTestFinished(() => desk.close())
  const passphrase = `seven lanterns over ${mailbox}`
  const browser = browse(desk)
  await browser.post(`/${language}/door`, { secret: desk.secret ?? '' })
  await browser.post(`/${language}/begin`, {
    state: wanted.state,
    kind: wanted.kind,
    entity: wanted.entity,
    languages: language,
    name: person,
    passphrase,
    again: passphrase,
    understood: 'yes',
  })
  const address = `${mailbox}@${mailDomain}`
  await browser.post(`/${language}/mail-settings`, mailFields(servers, mailbox, mailDomain))
  const opened = (): Opened => {
    const now = desk.desk.store.opened()
    if (!now) throw new Error(`the Desk of ${mailbox} is locked`)
    return now
  }
  const at = (path: string) => `/${language}${path}`
  const only = (): Case => {
    const [first, ...others] = opened().cases.all()
    if (!first || others.length > 0) throw new Error(`${others.length + 1} cases at ${mailbox}`)
    return first
  }
  return {
    ...wanted,
    folder,
    address,
    opened,
    only,
    passphrase,
    get: (path: string) => browser.get(at(path)),
    /** The page after it; throws where it was refused. */
    post: async (path: string, fields: Fields = {}) => done(await browser.post(at(path), fields)),
    refused: async (path: string, fields: Fields = {}) => (await browser.post(at(path), fields)).status,
    /** As the Desk does every minute, until it is so. */
    until: async (isSo: () => boolean) => {
      for (let tries = 0; tries < 100 && !isSo(); tries += 1) {
        await desk.desk.intake?.look()
        await sleep(100)
      }
      if (isSo()) return
      const status = JSON.stringify(desk.desk.intake?.status())
      const unfiled = opened()
        .mails.unfiled()
        .map(({ content }) => `${content.subject}: ${content.warnings?.join(', ')}`)
      throw new Error(`nothing of the kind came to ${mailbox}: ${status}, not filed: ${unfiled.join('; ')}`)
    },
    /** Sends a draft whose preview was shown; gives back the page of its case. */
    send: async (preview: Answer, to: string) => done(await browser.post(`${preview.at}/send`, { to })),
    whats: (id: string) =>
      opened()
        .cases.find(id)
        ?.lines.map(({ what }) => what) ?? [],
  }
}
