export type SnapshotTables = {
  'snapshot.key': { generation: number; public_key: string; since: Date; signature: string | null }
  /** `number` and `size` are read as text or number, depending on the engine. */
  'snapshot.issue': {
    number: string | number
    issued_at: Date
    content: string
    digest: string
    size: string | number
    public_key: string
    signature: string
    replaced_at: Date | null
  }
  'snapshot.part': { number: string | number; position: number; text: string }
}
