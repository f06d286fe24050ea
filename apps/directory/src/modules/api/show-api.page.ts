import { ok } from '@parley/kernel'
import { html, type Html, ltr, table, writeNumber } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import { most } from '../tokens/index.ts'
import type { ApiDocument } from './describe.ts'
import { fieldsOf, parametersOf, schemasOf, writeType } from './read-document.ts'
import { text } from './locales/index.ts'
import type { Operation } from './operation.ts'
import { apiRoute } from './routes.ts'
import { base } from './serve-operations.ts'
import { statuses } from './problem.ts'

/** The description of the API as a page, from the same document; its own words are in English. */
export function apiPage(origin: URL, document: ApiDocument, operations: readonly Operation[]): DirectoryPage {
  const described = html`<div lang="en" dir="ltr">
    ${operations.map((each) => operationSection(document, each))}${schemasOf(document).map(([name]) => schemaSection(document, name))}
  </div>`
  return page({
    route: apiRoute,
    verb: 'api.described',
    read: async ({ locale }) => {
      const t = text(locale)
      const body = html`<h1>${t('page.title')}</h1>
        <p class="lede">${t('page.lede')}</p>
        <ul>
          <li>${t('page.token')}</li>
          <li>${t('page.hour', { states: writeNumber(locale, most.states) })}</li>
          <li>${t('page.tags')}</li>
          <li>${t('page.history')}</li>
        </ul>
        <pre class="letter" dir="ltr">
curl -H 'Authorization: Bearer parley_…' ${new URL(`${base}/states`, origin).href}</pre>
        <p>${t.html('page.file', { file: html`<a href="/api/openapi.json" dir="ltr">openapi.json</a>` })}</p>
        <p>${t.html('page.address-book', { address: ltr(new URL('/carddav/', origin).href) })}</p>
        <h2 id="problems">${t('page.problems')}</h2>
        <p>${t('page.problems.lede')}</p>
        <ul>
          ${statuses.map((status) => html`<li>${ltr(status)} ${t(`status.${status}`)}</li>`)}
        </ul>
        <h2>${t('page.operations')}</h2>
        ${described}`
      return ok({ title: t('page.title'), body })
    },
  })
}

function operationSection(document: ApiDocument, { id, path, summary, description, needs }: Operation): Html {
  const parameters = parametersOf(document, path)
  return html`<section id="${id}">
    <h3><code>GET ${base}${path}</code></h3>
    <p>${summary}. ${description}${needs === undefined ? '' : html` Scope: <code>${needs}</code>.`}</p>
    ${
      parameters.length === 0
        ? ''
        : table(
            'Parameters',
            ['Name', 'Type', ''],
            parameters.map(({ name, type, description: about }) => [html`<code>${name}</code>`, type, about]),
          )
    }
    <p>Answer: ${answerOf(document, path)}</p>
  </section>`
}

function answerOf(document: ApiDocument, path: string): Html {
  const content = document.paths?.[path]?.get?.responses?.[200]?.content ?? {}
  const name = writeType(content['application/json']?.schema)
  const isNamed = schemasOf(document).some(([each]) => each === name)
  if (!isNamed) return html`<code>${Object.keys(content).join(', ')}</code>`
  return html`<a href="#${name}">${name}</a>`
}

function schemaSection(document: ApiDocument, name: string): Html {
  return html`<section id="${name}">
    <h3>${name}</h3>
    ${table(
      name,
      ['Property', 'Type', ''],
      fieldsOf(document, name).map(({ name: field, type, isRequired, description }) => [
        html`<code>${field}</code>${isRequired ? '' : ' (optional)'}`,
        type,
        description,
      ]),
    )}
  </section>`
}
