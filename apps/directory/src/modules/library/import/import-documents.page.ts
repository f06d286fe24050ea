import { fileText, type Locale, ok, refuse, type Refusal, type Result } from '@parley/kernel'
import {
  actButton,
  errorSummary,
  type FormView,
  hidden,
  href,
  html,
  type Html,
  notice,
  nothing,
  type SentFile,
  sentence,
  several,
  type View,
} from '@parley/web'
import { z } from 'zod'
import { unchanged } from '../../../platform/action.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../../platform/pages/scope.ts'
import { text } from '../locales/index.ts'
import { endings } from '../read-file/file-format.ts'
import { largestDocument } from '../read-file/file-limits.ts'
import { readManifest } from '../read-file/read-manifest.ts'
import {
  documentHref,
  documentsRoute,
  dropWaitingRoute,
  importDocumentsRoute,
  keepWaitingRoute,
} from '../routes.ts'
import { forgetWaiting, listWaiting, putWaiting, takeWaiting, type Waiting } from '../store/waiting.ts'
import { digestOf } from './known-documents.ts'
import { keepRead, takeVersion } from './import-documents.ts'
import { readGiven, recogniseGiven, type ReadGiven } from './read-given.ts'
import { waitingDocument } from './waiting-document.ts'

type Scope = Pick<DirectoryScope, 'tx' | 'now' | 'locale' | 'texts'>

const megabyte = 1_000_000
/** Boundaries and names around the files. */
const aroundFiles = megabyte
const longestName = 200
const day = 24 * 60 * 60 * 1000
/** What nobody kept by then is forgotten when the next documents come. */
const longestWait = 7 * day

/** CAP-12: where documents are brought, and where they wait until somebody has seen what was recognised in them. */
export const importDocumentsPage: DirectoryPage = page({
  route: importDocumentsRoute,
  verb: 'library.import',
  read: async (scope, state) => ok(await viewOf(scope, formView(scope, state), [])),
})

const bringForm = form({
  route: importDocumentsRoute,
  verb: 'library.import',
  fields: z.object({}),
  on: importDocumentsPage,
  upload: {
    largest: largestDocument + aroundFiles,
    refusal: {
      code: 'library/too-large',
      kind: 'invalid',
      values: { megabytes: largestDocument / megabyte },
    },
  },
  act: async (scope) => {
    const brought = await bring(scope)
    if (!brought.ok) return brought
    return unchanged(await viewOf(scope, formView(scope, { values: {}, errors: [] }), brought.value))
  },
  next: (_, view) => view,
})

const chosen = z.object({ waiting: several(z.uuid(), 500) })

const keepForm = form({
  route: keepWaitingRoute,
  verb: 'library.import',
  fields: chosen,
  on: importDocumentsPage,
  act: async (scope, { waiting }) => {
    const taken = await takeWaiting(scope.tx, waiting)
    for (const each of taken) {
      const read = readAgain(each)
      const kept = await scope.performIn(scope, keepRead(read, recogniseGiven(read)))
      if (!kept.ok) return kept
    }
    return unchanged(taken)
  },
  next: ({ locale }, [first, ...more]) =>
    first && more.length === 0
      ? documentHref(locale, first.manifest.symbol, first.manifest.language)
      : href(locale, documentsRoute),
})

const leaveOutForm = form({
  route: dropWaitingRoute,
  verb: 'library.import',
  fields: chosen,
  on: importDocumentsPage,
  act: async ({ tx }, { waiting }) => unchanged(await takeWaiting(tx, waiting)),
  next: ({ locale }) => href(locale, importDocumentsRoute),
})

export const importForms: readonly DirectoryForm[] = [bringForm, keepForm, leaveOutForm]

/** A file that was not read, and why; the others wait. */
interface NotRead {
  readonly file: string
  readonly refusal: Refusal
}

async function bring({
  tx,
  now,
  files,
}: Scope & Pick<DirectoryScope, 'files'>): Promise<Result<readonly NotRead[]>> {
  const documents = files.filter(({ field }) => field === 'documents').map(named)
  if (documents.length === 0)
    return refuse({ code: 'library/no-file', kind: 'invalid', field: 'documents-file' })
  const json = files.find(({ field }) => field === 'manifest')
  const manifests =
    json &&
    readManifest(
      Buffer.from(json.bytes).toString(),
      documents.map(({ name }) => name),
    )
  if (manifests?.ok === false) return refuse({ ...manifests.refusal, field: 'manifest-file' })
  await forgetWaiting(tx, new Date(now.getTime() - longestWait))
  const taken = new Map<string, string>()
  const notRead: NotRead[] = []
  for (const file of documents) {
    const read = await readGiven(file, manifests?.value.get(file.name))
    const first = read.ok ? takeVersion(taken, read.value) : read
    if (read.ok && first.ok) await putWaiting(tx, now, read.value)
    else if (!first.ok) notRead.push({ file: file.name, refusal: first.refusal })
  }
  return ok(notRead)
}

/** A name is shown and told in sentences; its end says the format. */
function named({ name, bytes }: SentFile) {
  return {
    name: fileText(name)
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .slice(-longestName),
    bytes,
  }
}

function readAgain(waiting: Waiting): ReadGiven {
  return { ...waiting, digest: digestOf(waiting.source), format: 'text' }
}

async function viewOf(scope: Scope, view: FormView, notRead: readonly NotRead[]): Promise<View> {
  const { tx, locale, texts } = scope
  const t = text(locale)
  const waiting = await listWaiting(tx)
  const shown: Html[] = []
  for (const each of waiting) shown.push(await waitingDocument(tx, locale, each.id, readAgain(each)))
  return {
    title: t('import.title'),
    width: 'narrow',
    status: notRead.length > 0 ? 422 : 200,
    body: html`<h1>${t('import.title')}</h1>
      <p class="lede">${t('import.lede')}</p>
      ${errorSummary(view)}${notRead.map(({ file, refusal }) =>
        notice(
          html`<p><bdi>${file}</bdi></p>
            <p>${sentence({ locale, texts }, refusal.code, refusal.values)}</p>`,
          'stop',
        ),
      )}
      ${
        waiting.length === 0
          ? nothing
          : html`<h2>${t('import.waiting', { count: waiting.length })}</h2>
              <p>${t('import.waiting-lede')}</p>
              ${shown}${waiting.length > 1 ? keepAll(locale, waiting) : nothing}`
      }
      <h2>${t('import.bring')}</h2>
      ${fields(locale)}`,
  }
}

function keepAll(locale: Locale, waiting: readonly Waiting[]): Html {
  const t = text(locale)
  const all = html`${waiting.map(({ id }) => hidden('waiting', id))}`
  return html`<p>
    ${actButton(href(locale, keepWaitingRoute), t('import.keep-all', { count: waiting.length }), 'main', all)}
  </p>`
}

function fields(locale: Locale): Html {
  const t = text(locale)
  return html`<form
    method="post"
    action="${href(locale, importDocumentsRoute)}"
    enctype="multipart/form-data"
  >
    <div class="field">
      <label for="documents-file">${t('import.files')}</label>
      <div class="help" id="documents-help">
        ${t('import.files-help', { endings, megabytes: largestDocument / megabyte })}
      </div>
      <input
        type="file"
        id="documents-file"
        name="documents"
        aria-describedby="documents-help"
        multiple
        required
      />
    </div>
    <div class="field">
      <label for="manifest-file">${t('import.manifest')}</label>
      <div class="help" id="manifest-help">${t('import.manifest-help')}</div>
      <input
        type="file"
        id="manifest-file"
        name="manifest"
        aria-describedby="manifest-help"
        accept=".json,application/json"
      />
    </div>
    <button class="button main">${t('import.show')}</button>
  </form>`
}
