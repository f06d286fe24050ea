import { languageAmong, parseId } from '@parley/kernel'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Entry } from './domain/entry.ts'
import { type LetterNeeds, namesIn } from './letters.ts'
import { text } from './locales/index.ts'
import { findEntry } from './store/entries.ts'
import type { DirectoryTables } from './tables.ts'
import { mayWriteUnasked } from './unasked-mail.ts'

/** POC-08: a named person is told once, in the entry's language: by whom, who sees it, how to be taken out. */
export function tellNamedPerson(needs: LetterNeeds) {
  const { database, community, post, clock } = needs
  return async (told: { readonly entry: string }, delivery: string): Promise<void> => {
    const id = parseId<'entry'>(told.entry)
    if (!id) throw new Error('An event names no entry')
    const found = await database.transaction({ role: 'worker' }, async (tx) => {
      const entry = await findEntry(tx, id)
      return entry && { entry, addresses: await addressesToTell(tx, needs, entry, delivery) }
    })
    if (!found) return
    const { entry, addresses } = found
    const language = languageAmong(community.profile.languages, entry.language)
    const t = text(language)
    const values = { ...namesIn(community, entry, language), person: entry.personName ?? '' }
    for (const [place, to] of addresses.entries()) {
      await sendNotice(post, `${delivery}.${place}`, {
        to,
        subject: t('person.subject', values),
        paragraphs: [t('person.by', values), t('person.seen', values), t('person.out', values)],
        language,
        at: clock.now(),
      })
    }
  }
}

/** The e-mail addresses of the entry, if this person was not told of it before. */
async function addressesToTell(
  tx: Tx,
  { keys, clock }: LetterNeeds,
  entry: Entry,
  delivery: string,
): Promise<readonly string[]> {
  if (entry.personName === undefined) return []
  const digest = keys.digest('unasked-mail', `person ${entry.id} ${entry.personName}`)
  const mailboxes = entry.addresses.filter(({ channel }) => channel === 'email')
  if (mailboxes.length === 0) return []
  const { numInsertedOrUpdatedRows } = await tx
    .withTables<DirectoryTables>()
    .insertInto('directory.told_person')
    .values({ entry_id: entry.id, digest, delivery })
    .onConflict((conflict) =>
      conflict
        .columns(['entry_id', 'digest'])
        .doUpdateSet({ delivery })
        .where('directory.told_person.delivery', '=', delivery),
    )
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return []
  const told: string[] = []
  for (const { value: address } of mailboxes)
    if (await mayWriteUnasked(tx, keys, clock.now(), { address, purpose: 'person', delivery }))
      told.push(address)
  return told
}
