import type { Result } from '@parley/kernel'
import type { z } from '@hono/zod-openapi'
import type { Scope, SystemScope } from '../tokens/index.ts'

/** What was read, and what it costs of the token's hour. */
export interface Reading<Value> {
  readonly value: Value
  /** States besides the own one whose entries stand in a list. */
  readonly states?: number
  /** The snapshot: a use of the whole list. */
  readonly isSnapshot?: boolean
  /** Sent instead of the value, as it is. */
  readonly file?: ReadFile
  /** A contact card of another State. */
  readonly isCard?: boolean
  /** The list was asked for anew, not its next page. */
  readonly begins?: boolean
  /** The query of the next page. */
  readonly next?: URLSearchParams | undefined
}

export interface ReadFile {
  /** The same as long as its content is. */
  readonly digest: string
  readonly size: number
  readonly body: () => ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>
}

export interface Operation {
  readonly id: string
  /** Below the version, with `{name}` for a parameter. */
  readonly path: string
  readonly verb: string
  /** What the token must have been issued for; none where any will do. */
  readonly needs: Scope | undefined
  readonly summary: string
  readonly description: string
  readonly params: z.ZodObject
  readonly query: z.ZodObject
  readonly answer: z.ZodType
  /** Of the answer, where it is a file. */
  readonly media?: string
  readonly read: (scope: SystemScope, asked: Asked) => Promise<Result<Reading<unknown>>>
}

/** The parts of an address, not parsed yet. */
interface Asked {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | readonly string[]>>
}

/** Declares what a GET of the API reads. Parameters are parsed with the schemas that describe them. */
export function operation<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Answer extends z.ZodType,
>(declared: {
  readonly id: string
  readonly path: string
  readonly verb: string
  readonly needs?: Scope
  readonly summary: string
  readonly description: string
  readonly params: Params
  readonly query: Query
  readonly answer: Answer
  readonly media?: string
  readonly read: (
    scope: SystemScope,
    params: z.output<Params>,
    query: z.output<Query>,
  ) => Promise<Result<Reading<z.input<Answer>>>>
}): Operation {
  const { params, query, read } = declared
  return {
    ...declared,
    needs: declared.needs,
    read: async (scope, asked) => {
      const there = params.safeParse(asked.params)
      // What cannot be a name is the name of nothing.
      if (!there.success) return { ok: false, refusal: { code: 'api/not-found', kind: 'absent' } }
      const wanted = query.safeParse(asked.query)
      if (!wanted.success) return refuseParameter(wanted.error.issues)
      return read(scope, there.data, wanted.data)
    },
  }
}

function refuseParameter(issues: readonly z.core.$ZodIssue[]): Result<never> {
  const [issue] = issues
  const isUnknown = issue?.code === 'unrecognized_keys'
  const parameter = String((isUnknown ? issue.keys[0] : issue?.path[0]) ?? '').slice(0, 40)
  const code = isUnknown ? 'api/parameter-unknown' : 'api/parameter-invalid'
  return { ok: false, refusal: { code, kind: 'invalid', field: parameter, values: { parameter } } }
}

/** A query of what is there. */
export function queryWith(query: Readonly<Record<string, string | undefined>>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
