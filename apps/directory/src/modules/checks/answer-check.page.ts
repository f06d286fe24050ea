import {
  type CheckCode,
  groupCode,
  type Locale,
  ok,
  parseCode,
  type Refusal,
  refuse,
  type Result,
} from '@parley/kernel'
import {
  actButton,
  errorSummary,
  hidden,
  href,
  html,
  type Html,
  linkButton,
  moment,
  notice,
  nothing,
  textField,
} from '@parley/web'
import { z } from 'zod'
import type { ActionScope, Done } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { acknowledgeByCode, type Answered, findAnswered, remarkByCode } from './acknowledge-check.ts'
import type { CodeTries } from './code-tries.ts'
import { text } from './locales/index.ts'
import { type EntryToName, listToName, nameInstead } from './name-instead.ts'
import { checkRoute, insteadRoute, remarkRoute, thanksRoute, typeCodeRoute } from './routes.ts'

const verb = 'checks.check.answer'
const malformed: Refusal = { code: 'checks/code-malformed', kind: 'absent' }
const tooMany: Refusal = { code: 'web/too-many', kind: 'too-many' }

/** The page behind a message's link, the code typed by hand, and the thanks after either. */
export function answering(
  keys: Keys,
  community: Community,
  tries: CodeTries,
): { pages: readonly DirectoryPage[]; forms: readonly DirectoryForm[] } {
  // Mail scanners follow links: opening the page answers nothing and is the same for every well-formed code.
  const checkPage = page({
    route: checkRoute,
    verb,
    read: async ({ locale, params, texts }, state) => {
      const t = text(locale)
      const code = parseCode(params.code)
      if (!code) return refuse(malformed)
      const body = html`<h1>${t('answer.title')}</h1>
        ${errorSummary({ locale, texts, form: state })}
        <p class="lede">${t('answer.lede')}</p>
        <form class="card" method="post" action="${href(locale, checkRoute, { code })}">
          <section>
            <div class="small">${t('answer.code')}</div>
            <bdi class="code" dir="ltr">${groupCode(code)}</bdi>
          </section>
          <section><button class="button main">${t('answer.button')}</button></section>
          <section class="small">${t('answer.meaning')}</section>
        </form>`
      return ok({ title: t('answer.title'), body, width: 'narrow' })
    },
  })

  const answerForm = form({
    route: checkRoute,
    verb,
    fields: z.object({}),
    on: checkPage,
    act: (scope) => answer(scope, keys, tries, parseCode(scope.params.code), 'button'),
    next: ({ locale, params }) => href(locale, thanksRoute, { code: params.code }),
  })

  const typePage = page({
    route: typeCodeRoute,
    verb,
    read: async (scope, state) => {
      const { locale } = scope
      const t = text(locale)
      const view = formView(scope, state)
      const body = html`<h1>${t('type.title')}</h1>
        <p class="lede">${t('type.lede')}</p>
        <form method="post" action="${href(locale, typeCodeRoute)}">
          ${errorSummary(view)}
          ${textField(view, {
            name: 'code',
            label: t('type.code'),
            help: t('type.help'),
            inputmode: 'numeric',
            autocomplete: 'off',
            size: 'short',
          })}
          <button class="button main">${t('answer.button')}</button>
        </form>`
      return ok({ title: t('type.title'), body, width: 'narrow' })
    },
  })

  const typeForm = form({
    route: typeCodeRoute,
    verb,
    fields: z.object({ code: z.string() }),
    on: typePage,
    act: async (scope, input) => {
      const code = parseCode(input.code)
      const result = await answer(scope, keys, tries, code, 'typed-code')
      return result.ok && code ? { ...result, value: { ...result.value, value: code } } : refused(result)
    },
    next: ({ locale }, code: CheckCode) => href(locale, thanksRoute, { code }),
  })

  const thanksPage = page({
    route: thanksRoute,
    verb,
    read: async (scope, state) => {
      const { locale } = scope
      const t = text(locale)
      const code = parseCode(scope.params.code)
      if (!code) return refuse(malformed)
      if (!tries.allow(scope)) return refuse(tooMany)
      const answered = await findAnswered(scope, keys, code)
      if (answered) tries.wasRight(scope)
      const again = html`<p>${linkButton(href(locale, checkRoute, { code }), t('thanks.back'))}</p>`
      const title = answered ? t('thanks.title') : t('answer.title')
      const body = html`<h1>${title}</h1>
        ${errorSummary({ locale, texts: scope.texts, form: state })}
        ${
          answered
            ? html`${thanks(locale, code, answered)}
              ${whoInstead(scope, community, code, answered, await listToName(scope, keys, code, answered.of))}`
            : again
        }
        ${answered ? html`<p class="small">${t('answer.meaning')}</p>` : nothing}`
      return ok({ title, body, width: 'narrow' })
    },
  })

  const remarkForm = form({
    route: remarkRoute,
    verb,
    fields: z.object({ remark: z.enum(['correct', 'wrong']) }),
    on: thanksPage,
    act: async (scope, { remark }) => {
      const code = parseCode(scope.params.code)
      if (!code) return refuse(malformed)
      if (!tries.allow(scope)) return refuse(tooMany)
      return counted(tries, scope, await remarkByCode(scope, keys, code, remark))
    },
    next: ({ locale, params }) => href(locale, thanksRoute, { code: params.code }),
  })

  const insteadForm = form({
    route: insteadRoute,
    verb,
    fields: z.object({ entry: z.string() }),
    on: thanksPage,
    act: async (scope, { entry }) => {
      const code = parseCode(scope.params.code)
      if (!code) return refuse(malformed)
      if (!tries.allow(scope)) return refuse(tooMany)
      return counted(tries, scope, await nameInstead(scope, keys, code, entry))
    },
    next: ({ locale, params }) => href(locale, thanksRoute, { code: params.code }),
  })

  return {
    pages: [checkPage, typePage, thanksPage],
    forms: [answerForm, typeForm, remarkForm, insteadForm],
  }
}

async function answer(
  scope: ActionScope & Pick<DirectoryScope, 'caller' | 'actor' | 'hasWaited'>,
  keys: Keys,
  tries: CodeTries,
  code: CheckCode | undefined,
  by: 'button' | 'typed-code',
): Promise<Result<Done<Answered>>> {
  if (!code) return refuse({ ...malformed, field: 'code' })
  if (!tries.allow(scope)) return refuse(tooMany)
  return counted(tries, scope, await acknowledgeByCode(scope, keys, code, by))
}

/** A code that was right cost nothing. */
function counted<Value>(
  tries: CodeTries,
  scope: Parameters<CodeTries['wasRight']>[0],
  result: Result<Value>,
): Result<Value> {
  if (result.ok) tries.wasRight(scope)
  return result
}

function refused(result: Result<unknown>): Result<never> {
  return refuse(result.ok ? malformed : result.refusal)
}

/** After answering, and only then, the page knows a deadline; never a State, an address or a person. */
function thanks(locale: Locale, code: CheckCode, answered: Answered) {
  const t = text(locale)
  const said = answered.remark
  const remark = (value: 'correct' | 'wrong') =>
    actButton(href(locale, remarkRoute, { code }), t(`thanks.${value}`), 'plain', hidden('remark', value))
  return html`${notice(answered.late ? t('thanks.late') : t('thanks.recorded'))}
    ${
      answered.deadline && !answered.late
        ? html`<p>${t.html('thanks.deadline', { deadline: moment(locale, answered.deadline) })}</p>`
        : nothing
    }
    <h2>${t('thanks.right')}</h2>
    ${said ? html`<p>${t(`thanks.said.${said}`)}</p>` : html`<div class="row">${remark('correct')}${remark('wrong')}</div>`}`
}

/** The State's other entries by kind and name of the entity alone, to say which of them should answer. */
function whoInstead(
  { locale }: { readonly locale: Locale },
  community: Community,
  code: CheckCode,
  { of }: Answered,
  entries: readonly EntryToName[],
): Html {
  if (entries.length === 0) return nothing
  const t = text(locale)
  const named = entries.find(({ id }) => id === of.instead)
  const label = ({ kind, name, language }: EntryToName) =>
    name === ''
      ? html`${community.kindName(kind, locale)}`
      : html`${community.kindName(kind, locale)}: <bdi lang="${language}">${name}</bdi>`
  if (named) return html`<p>${t.html('thanks.instead.said', { entry: label(named) })}</p>`
  return html`<details>
    <summary>${t('thanks.instead')}</summary>
    <p class="small">${t('thanks.instead.help')}</p>
    ${entries.map((entry) => actButton(href(locale, insteadRoute, { code }), label(entry), 'plain', hidden('entry', entry.id)))}
  </details>`
}
