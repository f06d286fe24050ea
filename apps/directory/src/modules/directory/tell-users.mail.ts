import { parseId, parseStateCode, groupFingerprint } from '@parley/kernel'
import { href } from '@parley/web'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { listAddressees } from '../accounts/index.ts'
import { keySchemes } from './domain/key.ts'
import { type LetterNeeds, namesIn } from './letters.ts'
import { text } from './locales/index.ts'
import { entryRoute } from './routes.ts'
import { findEntry } from './store/entries.ts'
import { listKeysOf } from './store/keys.ts'

/** `by` is the account that did it. */
interface Told {
  readonly entry: string
  readonly state: string
  readonly by: string
}

/** A new entry, and a new key, is told to every other user of its State: nobody nominates unseen. */
export function tellUsers({ database, community, post, clock, origin }: LetterNeeds) {
  return async (told: Told & { readonly scheme?: string }, delivery: string): Promise<void> => {
    const [id, state] = [parseId<'entry'>(told.entry), parseStateCode(told.state)]
    if (!id || !state) throw new Error('An event names no entry or no State')
    const scheme = keySchemes.find((each) => each === told.scheme)
    const { entry, keys, users } = await database.transaction({ role: 'worker' }, async (tx) => ({
      entry: await findEntry(tx, id),
      keys: scheme ? await listKeysOf(tx, { id }) : [],
      users: await listAddressees(tx, state),
    }))
    const key = keys.find((each) => each.scheme === scheme)
    // It may be gone since: then there is nothing to tell.
    if (!entry || (scheme && !key)) return
    for (const { account, name, email, language } of users) {
      if (account === told.by) continue
      const t = text(language)
      const names = namesIn(community, entry, language)
      const said = key
        ? [t('key-added.what', { ...names, key: t(`key.${key.scheme}`) }), groupFingerprint(key.fingerprint)]
        : [t('added.what', names)]
      await sendNotice(post, `${delivery}.${account}`, {
        to: email,
        subject: t(key ? 'key-added.subject' : 'added.subject'),
        paragraphs: [
          t('added.dear', { name }),
          ...said,
          t(key ? 'key-added.look' : 'added.look'),
          new URL(href(language, entryRoute, { entry: id }), origin).href,
        ],
        language,
        at: clock.now(),
      })
    }
  }
}
