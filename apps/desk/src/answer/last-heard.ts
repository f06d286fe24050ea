import type { Case } from '../cases/case.ts'
import { type ExchangedLine, isExchanged } from '../cases/consent.ts'

/** What the other side said last. */
export function lastHeard({ lines }: Case): ExchangedLine | undefined {
  return lines.filter(isExchanged).findLast(isTheirs)
}

/** Whether they said something, and nothing was said to them since. */
export function isOurTurn({ lines }: Case): boolean {
  const last = lines.findLast(isExchanged)
  return last !== undefined && isTheirs(last)
}

function isTheirs(line: ExchangedLine): boolean {
  return (
    line.what === 'message.received' || (line.what === 'exchange.noted' && line.content.side === 'theirs')
  )
}
