import { isLocale, type Locale, parseId } from '@parley/kernel'
import { writeMoment } from '@parley/web'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { findMission } from '../community/index.ts'
import type { Entry } from './domain/entry.ts'
import { keySchemes } from './domain/key.ts'
import { text } from './locales/index.ts'
import { findEntry } from './store/entries.ts'
import { listKeysOf } from './store/keys.ts'
import type { TellMissionNeeds } from './tell-mission.mail.ts'

interface Told {
  readonly entry: string
  readonly scheme: string
  readonly expiry: 'soon' | 'past'
}

/** Tells the Mission, or the POC itself at its first address, that a key of the entry comes to its end. */
export function tellKeyExpires(
  { database, community, post, clock }: TellMissionNeeds,
  to: 'mission' | 'poc',
) {
  return async ({ entry: id, scheme, expiry }: Told, delivery: string): Promise<void> => {
    const parsed = parseId<'entry'>(id)
    if (!parsed) throw new Error('An event names no entry')
    const found = await database.transaction({ role: 'worker' }, async (tx) => {
      const entry = await findEntry(tx, parsed)
      const key = entry && (await listKeysOf(tx, entry)).find((each) => each.scheme === scheme)
      return entry && key && { entry, key, mission: await findMission(tx, entry.state) }
    })
    // The key may be gone since: then there is nothing to tell.
    if (!found?.key.expiresAt) return
    const { entry, key, mission } = found
    const reader = to === 'mission' ? mission : pocReader(entry)
    if (!reader) return
    const { email, language } = reader
    const t = text(language)
    const named = keySchemes.find((each) => each === scheme) ?? 'openpgp'
    const values = {
      key: t(`key.${named}`),
      state: community.stateName(entry.state, language),
      kind: community.kindName(entry.kind, language),
      at: writeMoment(language, found.key.expiresAt, 'date'),
    }
    await sendNotice(post, delivery, {
      to: email,
      subject: t(`key-notice.${expiry}.subject`),
      paragraphs: [t(`key-notice.${expiry}.body`, values), key.fingerprint, t('key-notice.what')],
      language,
      at: clock.now(),
    })
  }
}

interface Reader {
  readonly email: string
  readonly language: Locale
}

function pocReader({ addresses, workingLanguages, language }: Entry): Reader | undefined {
  const email = addresses.find(({ channel }) => channel === 'email')?.value
  return email === undefined
    ? undefined
    : { email, language: [...workingLanguages, language].find(isLocale) ?? 'en' }
}
