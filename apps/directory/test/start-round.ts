import { expect } from 'vitest'
import type { Page, Visitor, World } from './world.ts'

/** What a browser would send of the form of the next round, as the page shows it. */
export function roundShown({ text }: Page) {
  const boxes = [...text.matchAll(/<input\s+type="checkbox"\s+name="entry"\s+value="([^"]+)"([^>]*)>/g)]
  const hidden = [...text.matchAll(/<input type="hidden" name="(entry|seen|chosen)" value="([^"]*)"/g)]
  const picked = (name: string) => [...text.matchAll(new RegExp(`name="${name}"[\\s\\S]*?</select>`, 'g'))]
  const selected = (name: string) =>
    /<option value="([^"]*)"\s+selected/.exec(picked(name)[0]?.[0] ?? '')?.[1] ?? ''
  return {
    kind: selected('kind'),
    group: selected('group'),
    chosen: hidden.find(([, name]) => name === 'chosen')?.[2] ?? '',
    seen: hidden.find(([, name]) => name === 'seen')?.[2] ?? '',
    entry: [
      ...hidden.filter(([, name]) => name === 'entry').map(([, , value = '']) => value),
      ...boxes.filter(([, , more = '']) => more.includes('checked')).map(([, value = '']) => value),
    ],
  }
}

/** The manager looks at the next round, confirms what is shown and presses the button. */
export async function pressStart(manager: Visitor): Promise<Page> {
  const shown = roundShown(await manager.get('/en/next-round'))
  return manager.post('/en/rounds', { ...shown, confirmed: 'yes' })
}

/** A round for everybody, as a manager starts it; the path of its page. */
export async function startRound(world: Pick<World, 'visitor'>): Promise<string> {
  const started = await pressStart(await world.visitor({ role: 'manager' }))
  expect(started.status).toBe(303)
  return started.location
}

/** The manager reads what becomes of a round, given by the path of its page, and stops it. */
export async function pressStop(manager: Visitor, round: string): Promise<Page> {
  const { text } = await manager.get(`${round}/stop`)
  const seen = /name="seen" value="([^"]+)"/.exec(text)?.[1] ?? ''
  return manager.post(`${round}/stop`, { seen })
}
