import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, second } from '@parley/kernel'
import { icon, sessionScript, stylesheet } from '@parley/web'
import { acknowledgeForm } from './answer/acknowledge.form.ts'
import { closeForm, reopenForm } from './answer/close.form.ts'
import { arrivedPage, leaveHandOverForm, takeOverForm } from './answer/hand-over/arrived.page.ts'
import { handOverForm, handOverPage } from './answer/hand-over/hand-over.page.ts'
import { openHandOverForm, openHandOverPage } from './answer/hand-over/open-hand-over.page.ts'
import { answerAfterAllForm, leaveUnansweredForm } from './answer/leave-unanswered.form.ts'
import { declineForm, lookIntoForm } from './answer/respond.form.ts'
import { toldForm, toldPage } from './answer/told.page.ts'
import { listCasesPage } from './cases/pages/list-cases.page.ts'
import { showCasePage } from './cases/pages/show-case.page.ts'
import { startPage } from './cases/pages/start.page.ts'
import { beginDemonstration } from './demonstration/begin-demonstration.ts'
import type { Desk } from './desk.ts'
import { openDoor } from './door/door.ts'
import { frameOf } from './door/frame.ts'
import { letInForm, letInPage } from './door/let-in.page.ts'
import { lockForm, stayForm } from './door/lock.form.ts'
import { newSecret } from './door/secret.ts'
import { errorPage, servePages, type Site } from './door/serve-pages.ts'
import { openSessions } from './door/sessions.ts'
import { unlockForm, unlockPage } from './door/unlock.page.ts'
import { consentForm, consentPage, withdrawForm } from './exports/consent.page.ts'
import { handOutForm, handOutPage } from './exports/hand-out.page.ts'
import { enterExerciseForm, exercisePage, leaveExerciseForm } from './exercise/exercise.page.ts'
import { text } from './locales/index.ts'
import { openIntake } from './mailbox/intake.ts'
import { keptFilePage } from './mailbox/kept-file.page.ts'
import { lookForm } from './mailbox/look.form.ts'
import { mailSettingsForm, mailSettingsPage, ownKeyForm } from './mailbox/mail-settings.page.ts'
import { sendForm, settleForm } from './mailbox/send.form.ts'
import { fileMailForm, mailItemPage, openCaseForm, setAsideForm } from './mailbox/mail-item.page.ts'
import { bringMailForm, mailboxPage } from './mailbox/mailbox.page.ts'
import { beginForm, beginPage } from './office/begin.page.ts'
import { firstStartPage, tryForm } from './office/first-start.page.ts'
import { readKinds, readMembers } from './office/members.ts'
import { officeForm, officePage } from './office/office.page.ts'
import { attachForm, detachForm } from './write/attach.form.ts'
import { escalateForm, escalatePage } from './own-lines/escalate.page.ts'
import { noteForm, notePage } from './own-lines/note.page.ts'
import { dutyPage, handOverDutyForm, takeDutyForm } from './handover/duty.page.ts'
import { damageForm, recordPage } from './record/record.page.ts'
import { removeUserForm, removeUserPage } from './users/remove-user.page.ts'
import { addUserForm, passphraseForm, usersPage } from './users/users.page.ts'
import { chooseTemplatePage } from './write/choose-template.page.ts'
import { incomingForm, incomingPage } from './write/incoming.page.ts'
import { dropDraftForm, mailForm, previewPage, sentForm } from './write/preview.page.ts'
import { writeForm, writePage } from './write/write.page.ts'
import { openStore, type StoreNeeds } from './open-store.ts'
import { changesPage, seenForm } from './snapshot/pages/changes.page.ts'
import { compareForm, comparePage, discardForm } from './snapshot/pages/compare.page.ts'
import { listStatesPage } from './snapshot/pages/list-states.page.ts'
import { followForm, loadForm, loadPage, pullForm, unfollowForm } from './snapshot/pages/load.page.ts'
import { showStatePage, snapshotKeyPage } from './snapshot/pages/show-state.page.ts'

/** Every page of the Desk. */
export const pages = [
  letInPage,
  unlockPage,
  firstStartPage,
  beginPage,
  startPage,
  officePage,
  listCasesPage,
  showCasePage,
  consentPage,
  handOutPage,
  notePage,
  escalatePage,
  usersPage,
  removeUserPage,
  dutyPage,
  recordPage,
  exercisePage,
  chooseTemplatePage,
  writePage,
  previewPage,
  incomingPage,
  toldPage,
  handOverPage,
  openHandOverPage,
  arrivedPage,
  listStatesPage,
  showStatePage,
  snapshotKeyPage,
  changesPage,
  loadPage,
  comparePage,
  mailboxPage,
  mailItemPage,
  mailSettingsPage,
  keptFilePage,
]
const forms = [
  letInForm,
  unlockForm,
  lockForm,
  stayForm,
  tryForm,
  beginForm,
  officeForm,
  writeForm,
  mailForm,
  sentForm,
  dropDraftForm,
  incomingForm,
  acknowledgeForm,
  lookIntoForm,
  declineForm,
  leaveUnansweredForm,
  answerAfterAllForm,
  toldForm,
  closeForm,
  reopenForm,
  handOverForm,
  openHandOverForm,
  takeOverForm,
  leaveHandOverForm,
  seenForm,
  loadForm,
  pullForm,
  followForm,
  unfollowForm,
  compareForm,
  discardForm,
  bringMailForm,
  fileMailForm,
  openCaseForm,
  setAsideForm,
  lookForm,
  mailSettingsForm,
  ownKeyForm,
  attachForm,
  detachForm,
  sendForm,
  settleForm,
  consentForm,
  withdrawForm,
  handOutForm,
  noteForm,
  escalateForm,
  addUserForm,
  passphraseForm,
  removeUserForm,
  handOverDutyForm,
  takeDutyForm,
  damageForm,
  enterExerciseForm,
  leaveExerciseForm,
]

export interface DeskNeeds extends StoreNeeds {
  readonly folder: string
  /** The community whose States are offered: the folder of its profile. */
  readonly profile: string
  /** The one address that is answered. */
  readonly origin: URL
  /** Behind a proxy for people with names nobody reads what was printed: name and passphrase let in. */
  readonly isShared?: boolean
  /** Milliseconds of silence after which the office's mail server counts as gone. */
  readonly silenceFor?: number
}

export interface RunningDesk {
  /** To be printed where it was started; none where it is shared. */
  readonly secret: string | undefined
  readonly fetch: (request: Request) => Response | Promise<Response>
  readonly desk: Desk
  /** Locks, lets the folder go, and takes the demonstration away. */
  close(): Promise<void>
}

/** How often is looked whether somebody is still there. */
const everySoOften = 15 * second

/** The Desk, ready to answer requests. Throws `FolderInUse` where another program has its folder. */
export function openDesk(needs: DeskNeeds): RunningDesk {
  const { folder, profile, origin, clock, isShared = false } = needs
  const store = openStore(folder, needs)
  const intake = openIntake({ store }, { clock, silenceFor: needs.silenceFor })
  const desk: Desk = {
    store,
    isDemonstration: false,
    intake,
    members: readMembers(join(profile, 'members.csv')),
  }
  const secret = isShared ? undefined : newSecret()
  const sessions = openSessions()
  const kinds = readKinds(profile)
  const stage = openStage(clock, () => ({
    members: readMembers(join(profile, 'demonstration/states.csv')),
    kinds,
  }))
  const assets = { stylesheet: stylesheet(), icon: icon(), session: sessionScript() }
  const texts = [text]
  const site: Site = {
    clock,
    origin,
    desk,
    secret,
    sessions,
    texts,
    kinds,
    demonstrate: stage.enter,
    frame: (scope) => frameOf(assets, scope),
  }
  const door = openDoor(origin, Object.values(assets))
  door.route('/', servePages(site, pages, forms))
  door.notFound((c) => errorPage(c, site, { code: 'web/not-found', kind: 'absent' }, 404))
  // Nothing of a request is printed: a path or a text may say whom somebody writes to.
  const report = (fault: Error) =>
    console.error(
      `${clock.now().toISOString()} ${fault.name} ${(fault.stack ?? '').split('\n').slice(1, 6).join('\n')}`,
    )
  door.onError((fault, c) => {
    report(fault)
    return errorPage(c, site, { code: 'web/fault', kind: 'conflict' }, 500)
  })
  const watch = setInterval(() => {
    void sessions.lockIdle(clock.now())
    desk.store.opened()?.directory.pullIfDue().catch(report)
  }, everySoOften)
  watch.unref()
  return {
    secret: secret?.text,
    fetch: (request) => door.fetch(request),
    desk,
    close: async () => {
      clearInterval(watch)
      await intake.close()
      await stage.close()
      await desk.store.close()
    },
  }
}

/** The demonstration: made for the first who asks, in a folder of its own that goes with the program. */
function openStage(clock: Clock, community: () => Parameters<typeof beginDemonstration>[1]) {
  let running: Promise<Awaited<ReturnType<typeof begin>>> | undefined
  const begin = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-desk-demonstration-'))
    return { folder, ...(await beginDemonstration(folder, community(), clock)) }
  }
  return {
    enter: async () => {
      const { enter } = await (running ??= begin())
      return enter()
    },
    close: async () => {
      if (!running) return
      const { folder, desk } = await running
      await desk.store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
