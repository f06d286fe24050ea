import { ok, refuse } from '@parley/kernel'
import { page } from '../door/scope.ts'
import { keptFileRoute } from '../routes.ts'

/** A file beside a line of the record, to be saved: the browser is told nothing of what is in it, and opens nothing. */
export const keptFilePage = page({
  route: keptFileRoute,
  read: async ({ record, params }) => {
    const line = record.lines().find(({ n }) => String(n) === params.line)
    const kept = line?.files.find(({ sha }) => sha === params.sha)
    if (!kept) return refuse({ code: 'desk/file-missing', kind: 'absent' })
    const bytes = await record.readFile(kept.sha)
    if (!bytes.ok) return bytes
    return ok({
      file: {
        name: plainName(kept.name),
        type: 'application/octet-stream',
        text: new Uint8Array(bytes.value),
      },
    })
  },
})

/** As it may stand in a header; what an office calls its files may say what they are about. */
function plainName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '')
  return plain === '' ? 'attachment' : plain.slice(-100)
}
