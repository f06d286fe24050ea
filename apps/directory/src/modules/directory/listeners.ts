import { parseId } from '@parley/kernel'
import { isOutOfHours } from './domain/office-hours.ts'
import { clearUnanswered } from './store/unanswered.ts'
import type { LetterNeeds } from './letters.ts'
import { tellMissionOfOffer } from './offer-nomination/tell-mission-of-offer.mail.ts'
import { noteDecided } from './note-decided.ts'
import { type Answered, type Denied, noteAnswered, noteDenied } from './note-answered.ts'
import { findEntry } from './store/entries.ts'
import { tellMissionOnBehalf } from './tell-mission.mail.ts'
import { tellDelegate } from './tell-delegate.mail.ts'
import { callForDispute } from './tell-dispute.mail.ts'
import { tellKeyExpires } from './tell-key-expires.mail.ts'
import { tellListRight } from './tell-list-right.mail.ts'
import { tellNamedPerson } from './tell-person.mail.ts'
import { tellUsers } from './tell-users.mail.ts'
import { noteNoStranger } from './unasked-mail.ts'
import { verifyAddress } from './verify-address.mail.ts'
import { warnOldAddress } from './warn-old-address.mail.ts'

/** What this module does about what happened, here and elsewhere. */
export function openListeners(needs: LetterNeeds) {
  const { database, keys } = needs
  const answered = (what: Answered) =>
    database.transaction({ role: 'worker' }, async (tx) => {
      await noteAnswered(tx, what)
      const { entry, address: id } = what
      if (id === undefined) return
      await clearUnanswered(tx, id)
      const found = await findEntry(tx, entry)
      if (found && what.rung === 'answered' && isOutOfHours(found.availability, what.at))
        await noteAnswered(tx, { ...what, rung: 'answered-out-of-hours' })
      const address = found?.addresses.find((each) => each.id === id)
      if (address?.channel === 'email') await noteNoStranger(tx, keys, address.value)
    })
  return {
    tellMissionOnBehalf: tellMissionOnBehalf(needs),
    tellMissionOfKey: tellKeyExpires(needs, 'mission'),
    tellPocOfKey: tellKeyExpires(needs, 'poc'),
    tellMissionOfOffer: tellMissionOfOffer(needs),
    tellUsers: tellUsers(needs),
    tellNamedPerson: tellNamedPerson(needs),
    tellDelegate: tellDelegate(needs),
    warnOldAddress: warnOldAddress(needs),
    verifyAddress: verifyAddress(needs),
    tellListRight: tellListRight(needs),
    callForDispute: callForDispute(needs, 'first'),
    remindOfDispute: callForDispute(needs, 'again'),
    /** A check was answered, or the message to a new address. */
    answered,
    answerDenied: (denied: Denied) =>
      database.transaction({ role: 'worker' }, (tx) => noteDenied(tx, denied)),
    changeDecided: (told: { readonly change: string; readonly outcome: string }) =>
      database.transaction({ role: 'worker' }, (tx) => noteDecided(tx, told)),
    addressAnswered: async (told: {
      readonly entry: string
      readonly address: string
      readonly at: string
    }) => {
      const [entry, address] = [parseId<'entry'>(told.entry), parseId<'address'>(told.address)]
      if (!entry || !address) throw new Error('An event names no entry or no address')
      await answered({ entry, address, rung: 'answered', at: new Date(told.at), month: told.at.slice(0, 7) })
    },
  }
}

export type DirectoryListeners = ReturnType<typeof openListeners>
