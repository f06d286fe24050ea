import type { Room } from '../../room.ts'
import type { Community } from '../community/index.ts'
import { annotateForm, annotatePage } from './annotate/annotate.page.ts'
import { annotationPage, withdrawAnnotationForm } from './annotate/annotation.page.ts'
import { annotationsPage } from './annotate/list-annotations.page.ts'
import { authority } from './authority.ts'
import { compareDocumentsPage } from './compare/compare-documents.page.ts'
import { documentFilePage } from './export/document-file.page.ts'
import { importDocumentsPage, importForms } from './import/import-documents.page.ts'
import { importDocumentsCommand } from './import/import-documents.command.ts'
import { text } from './locales/index.ts'
import { concordancePage, quotingPage } from './read/concordance.page.ts'
import { documentsPage } from './read/list-documents.page.ts'
import { documentPage } from './read/read-document.page.ts'
import { documentsRoute } from './routes.ts'
import { papersPages } from './papers/papers.page.ts'
import { reportFilePage, reportPage } from './track/report.page.ts'
import { searchPage } from './search/search.page.ts'
import { stepForm, stepPage } from './track/step.page.ts'
import { trackerPage } from './track/tracker.page.ts'

export { demonstrationFolder, fillLibrary, importFolder } from './import/import-folder.ts'
export { citeAs } from './export/cite-as.ts'
export { listBeside } from './store/annotations.ts'
export { listQuoting, readConcordance } from './store/cited.ts'
export { findPlace, type FoundPlace, listDocuments } from './store/find-document.ts'
export { searchParagraphs } from './search/search-paragraphs.ts'
export { keepDocument } from './store/keep-document.ts'
export { listPapers } from './papers/list-papers.ts'
export { stepFilterOf } from './track/filter-steps.ts'
export { stepJson } from './track/report-files.ts'
export { readReport } from './track/report-rows.ts'
export { addressees, stepStates, verbs } from './track/tracked-step.ts'
export { readPage } from './store/read-page.ts'
export { documentKinds } from './structured-document.ts'

/** The library of a community; `origin` stands in addresses that are cited. */
export function libraryRoom(community: Community, origin: URL): Room {
  return {
    name: 'library',
    migrations: new URL('migrations/', import.meta.url),
    authority,
    text,
    pages: [
      documentsPage,
      importDocumentsPage,
      searchPage,
      documentPage(origin),
      documentFilePage(community),
      compareDocumentsPage,
      concordancePage,
      quotingPage,
      trackerPage,
      stepPage,
      reportPage,
      reportFilePage,
      ...papersPages(community),
      annotationsPage,
      annotationPage,
      annotatePage,
    ],
    forms: [...importForms, stepForm, annotateForm, withdrawAnnotationForm],
    commands: [importDocumentsCommand],
    menu: [{ route: documentsRoute, verb: 'library.read', label: (locale) => text(locale)('library.title') }],
  }
}
