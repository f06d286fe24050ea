import { ok, type Result } from '@parley/kernel'
import type { Content } from '../record/events.ts'
import type { ExchangeRecord } from '../record/open-record.ts'
import { decideHandOut, type HandOut, type Wish } from './hand-out.ts'

/** POC-35: nothing leaves the Desk without a line of the record that says what, to whom and by whom. */
export async function takeOut(
  record: ExchangeRecord,
  wish: Wish,
  form: Content<'record.handed-out'>['form'],
): Promise<Result<HandOut>> {
  const handOut = decideHandOut(wish)
  if (!handOut.ok) return handOut
  const { at, by, recipient, cases } = wish
  const [only] = cases.length === 1 ? cases : []
  const line = await record.append({
    at,
    by,
    what: 'record.handed-out',
    ...(only && { case: only.id }),
    content: {
      cases: cases.map(({ id }) => id),
      form,
      recipient,
      ...(wish.lines && { lines: [...wish.lines] }),
    },
  })
  return line.ok ? ok(handOut.value) : line
}
