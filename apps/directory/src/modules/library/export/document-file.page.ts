import { ok, refuse } from '@parley/kernel'
import { type DirectoryPage, page } from '../../../platform/pages/scope.ts'
import type { Community } from '../../community/index.ts'
import { documentFileRoute } from '../routes.ts'
import { findPlace } from '../store/find-document.ts'
import { findKept } from '../store/find-kept.ts'
import { fileForms } from './file-forms.ts'

/** CAP-12: a document as a file, in one of its languages: whole, whatever place in it was asked for. */
export function documentFilePage(community: Community): DirectoryPage {
  return page({
    route: documentFileRoute,
    verb: 'library.read',
    read: async ({ tx, locale, params, query }) => {
      const form = fileForms.find(({ name }) => name === params.form)
      const wanted = query.get('in')
      const found =
        form && (await findPlace(tx, params.address, [...(wanted === null ? [] : [wanted]), locale]))
      const kept = found && (await findKept(tx, found.document.id))
      if (!form || !kept) return refuse({ code: 'library/unknown-document', kind: 'absent' })
      const { symbol, language } = kept.document.manifest
      const name = `${symbol.replace(/[^A-Za-z0-9]+/g, '-')}-${language}.${form.ending}`
      const author = community.profile.author[language]
      return ok({ file: { name, type: form.type, text: form.write(kept.document, kept.citations, author) } })
    },
  })
}
