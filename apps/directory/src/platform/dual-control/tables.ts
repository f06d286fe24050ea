import type { Json } from '@parley/kernel'

export type DualControlTables = {
  'dual_control.request': {
    id: string
    act: string
    /** Who decides: another manager, or another person of the State. */
    whose: 'managers' | 'state'
    state: string | null
    /** Gone once it is decided. */
    input: Json | null
    asked_by: string
    asker_name: string
    asked_at: Date
    lapses_at: Date
    outcome: 'approved' | 'declined' | 'withdrawn' | null
    decided_by: string | null
    decided_at: Date | null
  }
  'dual_control.switch': { position?: number; is_on: boolean; at: Date }
  'dual_control.own_rule': { state: string; entries: boolean; users: boolean; changed_at: Date }
}

export type RequestRow = DualControlTables['dual_control.request']
