export type TelemetryTables = {
  'platform.duty_run': {
    name: string
    every_ms: number
    at: Date
    succeeded_at: Date | null
    fault: string | null
  }
  'platform.condition': { name: string; place: string; since: Date; seen_at: Date }
}
