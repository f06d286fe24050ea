import { canonical, type Json, type Result, type StateCode } from '@parley/kernel'
import type { Html, Redirect, View } from '@parley/web'
import type { z } from 'zod'
import type { Done } from '../action.ts'
import type { ActContent } from '../history/record.ts'
import type { DirectoryScope } from '../pages/scope.ts'

/** Where whoever completed the act goes, or what that person sees this once. */
export type Next = string | Redirect | View

/** Whatever page it is done from. */
export type ActScope = Omit<DirectoryScope, 'params'>

/** An act that needs two, as the second one meets it: its input has waited as JSON. */
export interface WaitingAct {
  readonly name: string
  /** Its title in the language of the scope. */
  readonly title: (scope: ActScope) => string
  /** The exact change, for the second one to see. */
  readonly describe: (scope: ActScope, input: Json) => Promise<Html>
  readonly perform: (scope: ActScope, input: Json) => Promise<Result<Done<Next>>>
}

/** What a State may ask two of its own people for: entries, users, or who acts for its Mission and this rule itself. */
export type Part = 'entries' | 'users' | 'mission'

export interface DualAct<Input> extends WaitingAct {
  /** Whose matter it is, if it is one State's. */
  readonly stateOf: (input: Input) => StateCode | undefined
  /** Under which part of a State's own rule it falls when that State's people do it; under none where nothing is said. */
  readonly partOf: (scope: ActScope, input: Input) => Promise<Part | undefined>
  /** What would be refused at the end is refused at the beginning. */
  readonly check: (scope: ActScope, input: Input) => Promise<Result<unknown>>
}

/**
 * Declares an act under dual control. `act` does it, in the transaction of whoever completes it; its input is plain
 * JSON, so that what waits is what was asked for.
 */
export function defineDualAct<Input extends ActContent, Value>(declared: {
  readonly name: string
  readonly title: (scope: ActScope) => string
  readonly input: z.ZodType<Input>
  readonly stateOf?: (input: Input) => StateCode | undefined
  readonly partOf?: (scope: ActScope, input: Input) => Promise<Part | undefined>
  readonly check?: (scope: ActScope, input: Input) => Promise<Result<unknown>>
  readonly describe: (scope: ActScope, input: Input) => Promise<Html>
  readonly act: (scope: ActScope, input: Input) => Promise<Result<Done<Value>>>
  readonly next: (scope: ActScope, input: Input, value: Value) => Next
}): DualAct<Input> {
  const { name, title, input: schema } = declared
  return {
    name,
    title,
    stateOf: declared.stateOf ?? (() => undefined),
    partOf: declared.partOf ?? (async () => undefined),
    check: declared.check ?? (async () => ({ ok: true, value: undefined })),
    describe: (scope, input) => declared.describe(scope, schema.parse(input)),
    perform: async (scope, json) => {
      const input = schema.parse(json)
      const result = await declared.act(scope, input)
      if (!result.ok) return result
      const { value, ...rest } = result.value
      return { ok: true, value: { ...rest, value: declared.next(scope, input, value) } }
    },
  }
}

/** Whether two inputs ask for the same. */
export function isSameInput(one: Json, other: Json): boolean {
  return canonical(one) === canonical(other)
}
