import { type Id, locales, type Locale, refuse, type Result } from '@parley/kernel'
import { type ActionScope, type Done, done, unchanged } from '../../../platform/action.ts'
import { findAnnotation, keepAnnotation, withdrawKept } from '../store/annotations.ts'
import { findPlace } from '../store/find-document.ts'
import { findParagraph } from '../store/find-paragraph.ts'
import { standsIn } from './stands-in.ts'

/** What is said, and beside what: a permanent address, and the language of the document. */
interface Saying {
  readonly address: string
  readonly language: string
  readonly printed?: string | undefined
  readonly text: string
  readonly textLanguage: Locale
}

/** CAP-12: an error of a source is shown beside it; the source stays as it is. */
export async function annotate(
  { tx, now }: Pick<ActionScope, 'tx' | 'now'>,
  said: Saying,
): Promise<Result<Done<Id<'annotation'>>>> {
  const found = await findPlace(tx, said.address, [said.language])
  const language = locales.find((each) => each === found?.document.language)
  const paragraph = found && (await findParagraph(tx, found.document.id, found.place))
  if (!found || !paragraph || found.place === '' || language !== said.language)
    return refuse({ code: 'library/unknown-document', kind: 'absent' })
  const { printed = null, text, textLanguage } = said
  if (printed !== null && !standsIn(paragraph.text, printed) && !standsIn(paragraph.printed, printed))
    return refuse({ code: 'library/printed-elsewhere', kind: 'invalid', field: 'printed' })
  const { symbol } = found.document
  const content = { symbol, language, address: found.place, printed, text, textLanguage }
  const id = await keepAnnotation(tx, { ...content, madeAt: now })
  return done(id, [{ verb: 'annotation.made', subject: `annotation:${id}`, content }])
}

/** It is no longer shown beside the paragraph; the list keeps it. */
export async function withdrawAnnotation(
  { tx, now }: Pick<ActionScope, 'tx' | 'now'>,
  id: Id<'annotation'>,
): Promise<Result<Done<Id<'annotation'>>>> {
  if (!(await findAnnotation(tx, id))) return refuse({ code: 'library/unknown-annotation', kind: 'absent' })
  if (!(await withdrawKept(tx, id, now))) return unchanged(id)
  return done(id, [{ verb: 'annotation.withdrawn', subject: `annotation:${id}` }])
}
