import type { Download } from '@parley/web'
import type { HandOut } from '../cases/hand-out.ts'
import { handOutCsv, handOutJson } from '../cases/hand-out-files.ts'

/** As a file whose name says what it is, for whom, and of which day. */
export function handOutFile(handOut: HandOut, form: 'csv' | 'json'): Download['file'] {
  const { recipient, at, cases } = handOut
  const [only] = cases.length === 1 ? cases : []
  const isPractised = cases.some(({ nature }) => nature !== 'REAL')
  const name = [
    ...(isPractised ? ['EXERCISE'] : []),
    only?.reference ?? 'record',
    recipient.kind,
    at.toISOString().slice(0, 10),
  ].join('-')
  return form === 'csv'
    ? { name: `${fileName(name)}.csv`, type: 'text/csv; charset=utf-8', text: handOutCsv(handOut) }
    : { name: `${fileName(name)}.json`, type: 'application/json', text: handOutJson(handOut) }
}

/** A reference may have been typed by anybody; the name stands in a header. */
function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9-]+/g, '-')
}
