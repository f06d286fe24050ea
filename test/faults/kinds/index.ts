import type { FaultKind } from '../fault.ts'
import { clockFaults } from './clock.ts'
import { databaseFaults } from './database.ts'
import { diskFaults } from './disk.ts'
import { kills } from './kills.ts'
import { mailFaults } from './mail.ts'

/** Every kind of fault; what fills a disk only where there is one to fill. */
export function faultKinds({ hasDisks }: { readonly hasDisks: boolean }): readonly FaultKind[] {
  const all = [...kills, ...databaseFaults, ...mailFaults, ...clockFaults, ...diskFaults]
  return hasDisks ? all : all.filter(({ name }) => !name.startsWith('disk'))
}
