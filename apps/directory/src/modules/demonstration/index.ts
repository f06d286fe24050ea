import type { Room } from '../../room.ts'
import { authority } from './authority.ts'
import { beSomeone, type Stage } from './be-someone.page.ts'
import { text } from './locales/index.ts'
import { mailSink, type SinkPages } from './mail-sink.page.ts'
import { beSomeoneRoute, sinkRoute } from './routes.ts'

export { type DemonstrationClock, openDemonstrationClock } from './demonstration-clock.ts'
export { beSomeoneRoute } from './routes.ts'
export { seedDemonstration, type Seeding } from './seed.ts'
export { text as demonstrationText } from './locales/index.ts'

export function demonstrationRoom(stage: Stage & SinkPages): Room {
  const be = beSomeone(stage)
  const sink = mailSink(stage)
  const verb = 'demonstration.take-part'
  return {
    name: 'demonstration',
    authority,
    text,
    pages: [be.page, ...sink.pages],
    forms: be.forms,
    street: sink.street,
    menu: [
      { route: beSomeoneRoute, verb, label: (locale) => text(locale)('menu.be') },
      { route: sinkRoute, verb, label: (locale) => text(locale)('menu.mail') },
    ],
  }
}
