import { directionOf, type Locale } from '@parley/kernel'
import {
  actButton,
  chip,
  facts,
  hidden,
  href,
  html,
  type Html,
  ltr,
  notice,
  nothing,
  writeLanguage,
  writeNumber,
  writeShare,
  written,
} from '@parley/web'
import type { Tx } from '../../../platform/database/database.ts'
import { text } from '../locales/index.ts'
import { kindName, writeDay } from '../read/words.ts'
import { dropWaitingRoute, keepWaitingRoute } from '../routes.ts'
import type { StructuredDocument } from '../structured-document.ts'
import { countKinds } from './count-kinds.ts'
import { weigh } from './import-documents.ts'
import { recogniseGiven, type ReadGiven } from './read-given.ts'

type Doubt = StructuredDocument['doubts'][number]

/** CAP-12: what was recognised in a document, what is doubtful and what is damaged, before anybody keeps it. */
export async function waitingDocument(tx: Tx, locale: Locale, id: string, read: ReadGiven): Promise<Html> {
  const t = text(locale)
  const { document, citations } = recogniseGiven(read)
  const { manifest, damage, doubts, title, nodes } = document
  const { symbol, language, kind, dated, becameSymbol } = manifest
  const becomes = await weigh(tx, read)
  const symbols = new Set(citations.map((each) => each.symbol)).size
  const counts = countKinds(nodes).map(
    ({ kind: each, count }) => html`<li>${t(`node.${each}`)}: ${writeNumber(locale, count)}</li>`,
  )
  return html`<article>
    <h3>${ltr(symbol)}</h3>
    <p>${written(title, language, directionOf(language))}</p>
    <p>${chip(t(`import.becomes-${becomes}`), becomes === 'replaced' ? 'warn' : undefined)}</p>
    ${facts([
      [t('import.file'), html`<bdi>${read.file}</bdi>`],
      [t('library.kind'), kindName(locale, kind)],
      [t('library.language'), writeLanguage(locale, language)],
      [t('library.dated'), dated === undefined ? undefined : writeDay(locale, dated)],
      [t('library.became'), becameSymbol === undefined ? undefined : ltr(becameSymbol)],
      [
        t('import.recognised'),
        html`<ul>
          ${counts}
        </ul>`,
      ],
      [t('import.symbols'), writeNumber(locale, symbols)],
    ])}
    ${damage.isDamaged ? notice(t('library.damaged', { share: writeShare(locale, damage.share) }), 'warn') : nothing}
    ${
      doubts.length + read.remarks.length === 0
        ? nothing
        : html`<h4>${t('import.doubts')}</h4>
            <ul>
              ${doubts.map((doubt) => html`<li>${doubtSentence(locale, doubt, language)}</li>`)}${read.remarks.map(
                ({ code, count }) => html`<li>${text.find(locale, code, { count })}</li>`,
              )}
            </ul>`
    }
    ${actButton(href(locale, keepWaitingRoute), t('import.keep'), 'main', hidden('waiting', id))}
    ${actButton(href(locale, dropWaitingRoute), t('import.leave-out'), 'plain', hidden('waiting', id))}
  </article>`
}

/** The words of the document stand in its own language and direction within the sentence. */
function doubtSentence(locale: Locale, { code, printed }: Doubt, language: string): Html {
  const [before = '', after = ''] = text.find(locale, code, { printed: '\0' })?.split('\0') ?? []
  return html`${before}${written(printed, language, directionOf(language))}${after}`
}
