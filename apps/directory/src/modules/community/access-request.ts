import { type Id, type Locale, ok, type Refusal, refuse, type Result, type StateCode } from '@parley/kernel'

export const requestStatuses = ['received', 'verified', 'issued', 'declined'] as const
export type RequestStatus = (typeof requestStatuses)[number]

/** POC-15: a Mission asked for access by note verbale, and the manager wrote it down. */
export interface AccessRequest {
  readonly id: Id<'access-request'>
  readonly state: StateCode
  readonly reference: string
  readonly receivedAt: Date
  readonly missionEmail: string
  readonly missionTelephone: string
  readonly language: Locale
  readonly status: RequestStatus
  readonly verifiedAt: Date | undefined
  readonly decidedAt: Date | undefined
  readonly reason: string | undefined
}

/** What the manager does with a request. */
export type RequestStep = 'verify' | 'issue' | 'decline'

const after: Readonly<Record<RequestStep, RequestStatus>> = {
  verify: 'verified',
  issue: 'issued',
  decline: 'declined',
}

/**
 * The status after a step: received, verified with the Mission, then issued; declined at any time before.
 * Nothing is issued that was not verified, and nothing that was decided is decided again.
 */
export function decideRequest(
  status: RequestStatus,
  step: RequestStep,
  participates: boolean,
): Result<RequestStatus> {
  if (status === 'issued' || status === 'declined') return refuse(conflict('community/request-decided'))
  if (step === 'verify' && status === 'verified') return refuse(conflict('community/request-verified'))
  if (step === 'issue' && status === 'received') return refuse(conflict('community/request-not-verified'))
  if (step === 'issue' && participates) return refuse(conflict('community/participates-already'))
  return ok(after[step])
}

/** The steps that a request still allows, for showing their buttons. */
export function openSteps(status: RequestStatus, participates: boolean): readonly RequestStep[] {
  return (['verify', 'issue', 'decline'] as const).filter(
    (step) => decideRequest(status, step, participates).ok,
  )
}

function conflict(code: string): Refusal {
  return { code, kind: 'conflict' }
}
