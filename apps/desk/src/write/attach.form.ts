import { ok, refuse, type Result } from '@parley/kernel'
import { href, line } from '@parley/web'
import { z } from 'zod'
import { form, type Inside } from '../door/scope.ts'
import { attachRoute, detachRoute, draftRoute } from '../routes.ts'
import { attach, detach } from './attachments.ts'
import { type Draft, findDraft, keepDraft } from './drafts.ts'
import { previewPage } from './preview.page.ts'

async function change(
  scope: Inside & { readonly params: { readonly id: string } },
  act: (draft: Draft) => Promise<Result<Draft>>,
): Promise<Result<Draft>> {
  const draft = await findDraft(scope, scope.params.id)
  if (!draft) return refuse({ code: 'desk/draft-unknown', kind: 'absent' })
  const changed = await act(draft)
  return changed.ok ? keepDraft(scope, changed.value) : changed
}

/** One file more for a draft; it stands in its text by name, size and SHA-256. */
export const attachForm = form({
  route: attachRoute,
  on: previewPage,
  fields: z.object({}),
  act: (scope) =>
    change(scope, async (draft) => {
      const sent = scope.files.find(({ field }) => field === 'file')
      if (!sent) return refuse({ code: 'field/required', kind: 'invalid', field: 'file-file' })
      return attach(scope, draft, { name: sent.name, bytes: new Uint8Array(sent.bytes) })
    }),
  next: ({ locale }, { message }) => href(locale, draftRoute, { id: message.id }),
})

export const detachForm = form({
  route: detachRoute,
  on: previewPage,
  fields: z.object({ name: line(200) }),
  act: (scope, { name }) => change(scope, async (draft) => ok(detach(draft, name))),
  next: ({ locale }, { message }) => href(locale, draftRoute, { id: message.id }),
})
