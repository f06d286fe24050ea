import { parseId, parseStateCode } from '@parley/kernel'
import { href } from '@parley/web'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { listAddressees } from '../accounts/index.ts'
import { type LetterNeeds, namesIn } from './letters.ts'
import { text } from './locales/index.ts'
import { entryRoute } from './routes.ts'
import { findEntry } from './store/entries.ts'

/** A new entry is told to every other user of its State: nobody nominates unseen. */
export function tellUsersOfEntry({ database, community, post, clock, origin }: LetterNeeds) {
  return async (
    told: { readonly entry: string; readonly state: string; readonly by: string },
    delivery: string,
  ): Promise<void> => {
    const [id, state] = [parseId<'entry'>(told.entry), parseStateCode(told.state)]
    if (!id || !state) throw new Error('An event names no entry or no State')
    const { entry, users } = await database.transaction({ role: 'worker' }, async (tx) => ({
      entry: await findEntry(tx, id),
      users: await listAddressees(tx, state),
    }))
    if (!entry) return
    for (const { account, name, email, language } of users) {
      if (account === told.by) continue
      const t = text(language)
      await sendNotice(post, `${delivery}.${account}`, {
        to: email,
        subject: t('added.subject'),
        paragraphs: [
          t('added.dear', { name }),
          t('added.what', namesIn(community, entry, language)),
          t('added.look'),
          new URL(href(language, entryRoute, { entry: id }), origin).href,
        ],
        language,
        at: clock.now(),
      })
    }
  }
}
