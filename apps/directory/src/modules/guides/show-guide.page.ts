import { ok, refuse } from '@parley/kernel'
import { href, html } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import { guides, helps, steps } from './guides.ts'
import { text } from './locales/index.ts'
import { guideRoute, guidesRoute } from './routes.ts'

export const guidesPage: DirectoryPage = page({
  route: guidesRoute,
  verb: 'guides.read',
  read: async ({ locale }) => {
    const t = text(locale)
    const body = html`<h1>${t('guides.title')}</h1>
      <p class="lede">${t('guides.lede')}</p>
      <ul>
        ${guides.map(
          (guide) =>
            html`<li>
              <a href="${href(locale, guideRoute, { guide })}">${t(`${guide}.title`)}</a
              ><br />${t(`${guide}.lede`)}
            </li>`,
        )}
      </ul>`
    return ok({ title: t('guides.title'), body, width: 'narrow' })
  },
})

export const guidePage: DirectoryPage = page({
  route: guideRoute,
  verb: 'guides.read',
  read: async ({ locale, params }) => {
    const guide = guides.find((each) => each === params.guide)
    if (!guide) return refuse({ code: 'web/not-found', kind: 'absent' })
    const t = text(locale)
    const body = html`<p class="small"><a href="${href(locale, guidesRoute)}">${t('guides.all')}</a></p>
      <h1>${t(`${guide}.title`)}</h1>
      <p class="lede">${t(`${guide}.lede`)}</p>
      <h2>${t('guides.steps')}</h2>
      <ol>
        ${steps.map((step) => html`<li>${t(`${guide}.step-${step}`)}</li>`)}
      </ol>
      <h2>${t('guides.help')}</h2>
      <ul>
        ${helps.map((help) => html`<li>${t(`${guide}.help-${help}`)}</li>`)}
      </ul>`
    return ok({ title: t(`${guide}.title`), body, width: 'narrow' })
  },
})
