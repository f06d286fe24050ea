import { locales, type Result } from '@parley/kernel'
import { z } from 'zod'
import type { Opened } from '../open-store.ts'

const settings = z.strictObject({
  version: z.literal(1),
  /** Empty where nobody has said yet. */
  state: z.string().regex(/^([A-Z]{2})?$/),
  kind: z.string().max(100),
  entity: z.string().max(200),
  /** The office's working languages among the six, the first one first. */
  languages: z.array(z.enum(locales)),
})

/** Which office this Desk is of. Kept sealed: a copied disk does not say whose it is. */
export type Settings = z.output<typeof settings>

const none: Settings = { version: 1, state: '', kind: '', entity: '', languages: [] }

export async function readSettings({ sealed }: Pick<Opened, 'sealed'>): Promise<Settings> {
  const bytes = await sealed('settings').read()
  return bytes ? settings.parse(JSON.parse(bytes.toString('utf8'))) : none
}

export function writeSettings(
  { sealed }: Pick<Opened, 'sealed'>,
  kept: Settings,
): Promise<Result<undefined>> {
  return sealed('settings').write(JSON.stringify(settings.parse(kept)))
}
