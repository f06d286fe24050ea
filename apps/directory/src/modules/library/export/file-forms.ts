import type { Citation, StructuredDocument } from '../structured-document.ts'
import { toAkomaNtoso } from './akoma-ntoso.ts'
import { toBibtex, toRis } from './bibliography.ts'
import { toJson, toPlainText } from './plain.ts'

interface FileForm {
  /** Stands in the address. */
  readonly name: string
  readonly ending: string
  /** As the standards call it: the same in every language. */
  readonly called: string
  readonly type: string
  readonly write: (document: StructuredDocument, citations: readonly Citation[], author: string) => string
}

/** What a document may be taken home as. */
export const fileForms: readonly FileForm[] = [
  { name: 'text', ending: 'txt', called: 'TXT', type: 'text/plain; charset=utf-8', write: toPlainText },
  {
    name: 'akoma-ntoso',
    ending: 'akn.xml',
    called: 'Akoma Ntoso',
    type: 'application/akn+xml; charset=utf-8',
    write: toAkomaNtoso,
  },
  { name: 'json', ending: 'json', called: 'JSON', type: 'application/json; charset=utf-8', write: toJson },
  {
    name: 'bibtex',
    ending: 'bib',
    called: 'BibTeX',
    type: 'application/x-bibtex; charset=utf-8',
    write: (document, _, author) => toBibtex(document, author),
  },
  {
    name: 'ris',
    ending: 'ris',
    called: 'RIS',
    type: 'application/x-research-info-systems; charset=utf-8',
    write: (document, _, author) => toRis(document, author),
  },
]
