import { minute } from '@parley/kernel'
import {
  type Asset,
  type Frame,
  href,
  html,
  type Html,
  type PageScope,
  sessionScript,
  writeMoment,
} from '@parley/web'
import type { Actor } from '../../platform/session/actor.ts'
import { text } from './locales/index.ts'
import { stayRoute } from './routes.ts'
import { idleMinutes } from './session.ts'
import type { SignedInActor } from './signed-in.ts'

/** Minutes before the end in which the page warns. */
const warnFor = 5

/** What every page of a signed-in person says about the end of the session, and the script that warns before it. */
export function openSessionNote(): {
  readonly script: Asset
  of(page: PageScope, actor: Actor): Pick<Frame, 'note' | 'scripts'>
} {
  const script = sessionScript()
  return {
    script,
    of: (page, actor) => ('session' in actor ? { note: note(page, actor), scripts: [script.path] } : {}),
  }
}

/** WCAG 2.2.1: the limits as a line, and the warning that the script shows; a click is a request, and prolongs. */
function note({ locale, now }: PageScope, { role, session }: SignedInActor): Html {
  const t = text(locale)
  const time = writeMoment(locale, session.endsAt, 'time')
  const idle = idleMinutes(role)
  return html`<span>${t('session.ends', { time, count: idle })}</span>
    <div
      class="notice warn session"
      role="alert"
      data-left="${session.endsAt.getTime() - now.getTime()}"
      data-idle="${idle * minute}"
      data-warn="${warnFor * minute}"
      hidden
    >
      <p data-when="soon" hidden>${t('session.soon')}</p>
      <p data-when="last" hidden>${t('session.last', { time })}</p>
      <p data-when="over" hidden>${t('session.over')}</p>
      <form method="post" action="${href(locale, stayRoute)}">
        <button class="button main">${t('session.stay')}</button>
      </form>
    </div>`
}
