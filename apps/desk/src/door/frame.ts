import { locales, minute } from '@parley/kernel'
import { actButton, type Asset, type Frame, href, html, type Html, nothing, writeDuration } from '@parley/web'
import { text } from '../locales/index.ts'
import {
  casesRoute,
  dutyRoute,
  exerciseRoute,
  handOutRoute,
  incomingRoute,
  leaveExerciseRoute,
  lockRoute,
  mailboxRoute,
  mailSettingsRoute,
  officeRoute,
  offlineRoute,
  recordRoute,
  startRoute,
  stayRoute,
  usersRoute,
  writeRoute,
} from '../routes.ts'
import type { DeskScope } from './scope.ts'
import { idleMinutes } from './sessions.ts'

export interface Assets {
  readonly stylesheet: Asset
  readonly icon: Asset
  readonly session: Asset
}

/** What stands around every page: who is at the Desk, the button that locks it, when it locks by itself. */
export function frameOf({ stylesheet, icon, session }: Assets, scope: DeskScope): Frame {
  const { locale, desk } = scope
  const t = text(locale)
  const user = desk.store.opened() && scope.session?.user
  const plain = {
    product: scope.session?.isExercise === true ? `${t('nature.EXERCISE')} · ${t('desk')}` : t('desk'),
    home: href(locale, startRoute),
    languages: locales,
    stylesheet: stylesheet.path,
    icon: icon.path,
    band: bandOf(scope),
  }
  if (!user) return { ...plain, menu: [], who: html`${t('lock.locked')}`, footer: [] }
  return {
    ...plain,
    menu: [
      { href: href(locale, startRoute), label: t('start.title') },
      { href: href(locale, casesRoute), label: t('cases.title') },
      { href: href(locale, writeRoute), label: t('write.title') },
      { href: href(locale, incomingRoute), label: t('incoming.title') },
      { href: href(locale, offlineRoute), label: t('offline.title') },
      { href: href(locale, mailboxRoute), label: t('mailbox.title') },
      { href: href(locale, dutyRoute), label: t('duty.menu') },
    ],
    who: html`<bdi>${user.name}</bdi>
      ${scope.session?.isExercise ? actButton(href(locale, leaveExerciseRoute), t('exercise.leave')) : nothing}
      ${actButton(href(locale, lockRoute), t(desk.isDemonstration ? 'lock.leave' : 'lock.act'))}`,
    note: lockNote(scope),
    scripts: [session.path],
    footer: [
      { href: href(locale, recordRoute), label: t('record.title') },
      { href: href(locale, handOutRoute), label: t('hand-out.title') },
      { href: href(locale, officeRoute), label: t('begin.office') },
      { href: href(locale, mailSettingsRoute), label: t('post.title') },
      { href: href(locale, usersRoute), label: t('users.title') },
      { href: href(locale, exerciseRoute), label: t('exercise.title') },
    ],
  }
}

function bandOf(scope: DeskScope): string | undefined {
  const { locale, desk, session } = scope
  const t = text(locale)
  const said = [
    desk.isDemonstration ? t('band.demonstration') : undefined,
    session?.isExercise === true ? t('band.exercise', { name: session.exercise ?? '' }) : undefined,
    ageOf(scope),
  ]
  return said.filter((each) => each !== undefined).join(' · ') || undefined
}

/** What is to be known of the copy of the directory on every page: that it is old, or that its age is not known. */
function ageOf({ locale, desk, session, now }: DeskScope): string | undefined {
  const t = text(locale)
  const age = session?.user && desk.store.opened()?.directory.age(now)
  if (!age) return undefined
  if (age.isClockBehind) return t('band.clock')
  return age.isExpired ? t('band.expired', { age: writeDuration(locale, age.milliseconds) }) : undefined
}

/** Minutes before the Desk locks in which the page warns. */
const warnFor = 5
/** There is no other end than being idle. */
const farAway = 365 * 24 * 60

/** WCAG 2.2.1: the limit as a line, and the warning that the script shows. */
function lockNote({ locale }: DeskScope): Html {
  const t = text(locale)
  return html`<span>${t('lock.idle', { time: writeDuration(locale, idleMinutes * minute) })}</span>
    <div
      class="notice warn session"
      role="alert"
      data-left="${farAway * minute}"
      data-idle="${idleMinutes * minute}"
      data-warn="${warnFor * minute}"
      hidden
    >
      <p data-when="soon" hidden>${t('lock.soon')}</p>
      <p data-when="over" hidden>${t('lock.over')}</p>
      <form method="post" action="${href(locale, stayRoute)}">
        <button class="button main">${t('lock.stay')}</button>
      </form>
    </div>`
}
