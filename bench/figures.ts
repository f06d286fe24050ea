import { readFile } from 'node:fs/promises'
import { Client } from 'pg'

/** One line of a bench's table: column by column, in words. */
export type Row = Readonly<Record<string, string>>

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function perSecond(rate: number): string {
  return Math.round(rate).toString()
}

export function ratio(value: number): string {
  return value.toFixed(2)
}

/** A busy share of one core, as it is and as what it leaves. */
export const idle = {
  share: (busy: number) => (Number.isNaN(busy) ? '?' : `${Math.round(busy * 100)} %`),
  of: (busy: number) => `${Math.round((1 - busy) * 100)} %`,
}

/** Milliseconds of CPU that the connections of this PostgreSQL server have used so far; NaN where there is no /proc. */
export function openCpuMeter(url: string): () => Promise<number> {
  return async () => {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      const { rows } = await client.query<{ pid: number }>(
        'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
      const used = await Promise.all(rows.map(({ pid }) => cpuOf(pid)))
      return used.reduce((sum, each) => sum + each, 0)
    } finally {
      await client.end()
    }
  }
}

/** Linux counts user and system time in hundredths of a second, as the 14th and 15th field; milliseconds, or NaN. */
export async function cpuOf(pid: number): Promise<number> {
  try {
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Number.NaN
  }
}

/** The most memory that a process ever held, in megabytes; NaN where there is no /proc. */
export async function mostMemoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024
}
