import { refuse } from '@parley/kernel'

/** No case of this record has that id. */
export const caseUnknown = refuse({ code: 'desk/case-unknown', kind: 'absent' })
