import { directionOf, languageAmong, type Languages, type Locale, newId, ok } from '@parley/kernel'
import type { OutgoingMail } from '@parley/mail'
import {
  actButton,
  errorSummary,
  facts,
  hidden,
  href,
  html,
  type Html,
  ltr,
  notice,
  nothing,
  trusted,
  writeLanguage,
} from '@parley/web'
import { z } from 'zod'
import { done } from '../../platform/action.ts'
import { type DirectoryForm, type DirectoryPage, form, page } from '../../platform/pages/scope.ts'
import { type CheckMail, openRenderer } from './check.mail.ts'
import { TestMessageAsked } from './events.ts'
import { text } from './locales/index.ts'
import { planRoute, previewRoute } from './routes.ts'

/** The message of a check as it will be sent, in each language, and a test of it to the manager's own address. */
export function previewing(mail: CheckMail): {
  pages: readonly DirectoryPage[]
  forms: readonly DirectoryForm[]
} {
  const { languages, answerWithinHours } = mail.community.profile
  const render = openRenderer(mail)
  const common = languageAmong(languages, undefined)
  const previewPage = page({
    route: previewRoute,
    verb: 'checks.rounds.read',
    read: async ({ locale, query, now, texts }, state) => {
      const t = text(locale)
      const language = languageAmong(languages, query.get('language') ?? locale)
      const beside = besideAmong(languages, language, query.get('beside'))
      const here = (each: string, second = '') =>
        `${href(locale, previewRoute)}?language=${each}${second && `&beside=${second}`}`
      // Of a message that no check knows: its code answers nothing.
      const message = { message: newId<'message'>(), check: newId<'check'>(), to: '' }
      const shown = render({
        ...message,
        use: 'check',
        language,
        beside,
        answerWithinHours,
        attempts: 0,
        triedAt: now,
        at: now,
      })
      const body = html`<h1>${t('preview.title')}</h1>
        <p class="lede">${t('preview.lede')}</p>
        ${errorSummary({ locale, texts, form: state })}
        ${query.get('sent') === null ? nothing : notice(t('preview.sent'))}
        <nav class="row" aria-label="${t('plan.language')}">
          ${languages.map((each) =>
            each === language && !beside
              ? html`<strong aria-current="true">${writeLanguage(locale, each)}</strong>`
              : html`<a href="${here(each)}">${writeLanguage(locale, each)}</a>`,
          )}
        </nav>
        ${
          languages.length === 1
            ? nothing
            : html`<p>${t('preview.both')}</p>
                <nav class="row" aria-label="${t('preview.both')}">
                  ${languages
                    .filter((each) => each !== common)
                    .map((each) =>
                      each === beside
                        ? html`<strong aria-current="true">${writeLanguage(locale, each)}</strong>`
                        : html`<a href="${here(common, each)}">${writeLanguage(locale, each)}</a>`,
                    )}
                </nav>`
        }
        ${asSent(shown, language, t('preview.from'), t('preview.subject'))}
        <h2>${t('preview.text')}</h2>
        <div class="card" lang="${language}" dir="${directionOf(language)}">
          <section>${shown.text.split(/\n+/).map((part) => html`<p dir="auto">${part}</p>`)}</section>
        </div>
        <h2>${t('preview.html')}</h2>
        <div class="card" lang="${language}" dir="${directionOf(language)}">
          <section>${bodyOf(shown)}</section>
        </div>
        <h2>${t('preview.test')}</h2>
        <p>${t('preview.test.what')}</p>
        ${actButton(href(locale, previewRoute), t('preview.test.send'), 'main', html`${hidden('language', language)}${beside ? hidden('beside', beside) : nothing}`)}
        <p><a href="${href(locale, planRoute)}">${t('plan.title')}</a></p>`
      return ok({ title: t('preview.title'), body, width: 'narrow' })
    },
  })
  const testForm = form({
    route: previewRoute,
    verb: 'checks.message.test',
    fields: z.object({ language: z.string().max(10).optional(), beside: z.string().max(10).optional() }),
    on: previewPage,
    act: async ({ actor, locale }, { language: wanted, beside: wantedBeside }) => {
      const language = languageAmong(languages, wanted ?? locale)
      const beside = besideAmong(languages, language, wantedBeside ?? null)
      const account = 'account' in actor ? actor.account : ''
      const asked = TestMessageAsked({ message: newId(), account, language, beside: beside ?? '' })
      return done({ language, beside }, [{ verb: 'message.tested', subject: 'round:next' }], [asked])
    },
    next: ({ locale }, { language, beside }) =>
      `${href(locale, previewRoute)}?language=${language}${beside ? `&beside=${beside}` : ''}&sent=yes`,
  })
  return { pages: [previewPage], forms: [testForm] }
}

/** The second language of a message: beside English only, and another one. */
function besideAmong(languages: Languages, language: Locale, wanted: string | null): Locale | undefined {
  if (language !== languageAmong(languages, undefined)) return undefined
  return languages.find((each) => each === wanted && each !== language)
}

function asSent(shown: OutgoingMail, language: Locale, from: string, subject: string): Html {
  return facts([
    [from, html`${shown.from.name} ${ltr(`<${shown.from.address}>`)}`],
    [subject, html`<bdi lang="${language}" dir="${directionOf(language)}">${shown.subject}</bdi>`],
  ])
}

/** What stands in the HTML part: markup of our own, without scripts, styles or anything from elsewhere. */
function bodyOf({ html: markup = '' }: OutgoingMail): Html {
  return trusted(/<body>([\s\S]*)<\/body>/.exec(markup)?.[1] ?? '')
}
