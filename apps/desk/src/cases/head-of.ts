import type { Json } from '@parley/kernel'
import { z } from 'zod'

const head = z.object({ kind: z.string(), thread: z.string(), reference: z.string() })

/** The head of a message as the record holds it. What is no message has none. */
export function headOf(message: Json | undefined): z.output<typeof head> | undefined {
  return message === undefined ? undefined : head.safeParse(message).data
}
