import type { Locale, Refusal, RefusalKind } from '@parley/kernel'
import { sentence, type Sentences } from '@parley/web'
import type { z } from '@hono/zod-openapi'
import { text } from './locales/index.ts'
import type { problem } from './schemas.ts'

export const statuses = [401, 403, 404, 405, 406, 409, 410, 413, 422, 429, 500] as const
export type ProblemStatus = (typeof statuses)[number]

export const statusOf: Readonly<Record<RefusalKind, ProblemStatus>> = {
  unauthenticated: 401,
  forbidden: 403,
  absent: 404,
  conflict: 409,
  gone: 410,
  invalid: 422,
  'too-many': 429,
}

export interface ProblemAsked {
  readonly origin: URL
  readonly locale: Locale
  readonly texts: readonly Sentences[]
  readonly requestId: string
}

/** RFC 9457: what went wrong, for a program and, in the language asked for, for its developer. */
export function problemOf(
  { origin, locale, texts, requestId }: ProblemAsked,
  status: ProblemStatus,
  { code, field, values }: Pick<Refusal, 'code' | 'field' | 'values'>,
): z.input<typeof problem> {
  return {
    type: new URL(`/api/problems/${code}`, origin).href,
    title: text(locale)(`status.${status}`),
    status,
    detail: sentence({ locale, texts }, code, values),
    code,
    ...(field === undefined ? {} : { parameter: field }),
    requestId,
  }
}
