import { fieldsOf, template } from '@parley/protocol'
import type { Draft } from './drafts.ts'

/** Whether it says more than the class of the incident. */
export function saysDetail({ message }: Pick<Draft, 'message'>): boolean {
  const known = template(message.kind, message.template)
  return (
    known !== undefined &&
    fieldsOf(known).some(({ id, detail }) => detail && Object.hasOwn(message.values, id))
  )
}
