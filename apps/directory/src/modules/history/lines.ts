import { type Locale, parseStateCode } from '@parley/kernel'
import { empty, html, type Html, ltr, moment, type Sentences, table } from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { everyone } from '../../platform/session/authority.ts'
import type { Community } from '../community/index.ts'
import type { Line, Lines } from './list-acts.ts'
import { text } from './locales/index.ts'

type Scope = Pick<DirectoryScope, 'locale' | 'texts'>

/** Lines of the history as a table, with the State of each where they are of all, and the way to older ones. */
export function linesTable(
  scope: Scope,
  { lines, next }: Lines,
  addressOf: (before: string) => string,
  community: Community,
  whose: 'of all States' | 'of one State',
): Html {
  const { locale } = scope
  const t = text(locale)
  const ofAll = whose === 'of all States'
  if (lines.length === 0) return empty(t('lines.none'))
  return html`${table(
    t('lines.caption'),
    [t('lines.at'), t('lines.what'), t('lines.who'), ...(ofAll ? [t('lines.state')] : []), t('lines.seq')],
    lines.map((line) => [
      moment(locale, line.at),
      whatOf(scope, line),
      whoOf(community, locale, line.actor),
      ...(ofAll ? [stateOf(community, locale, line)] : []),
      line.seq ?? t('lines.waiting'),
    ]),
  )}${next === undefined ? '' : html`<p><a href="${addressOf(next)}">${t('lines.older')}</a></p>`}`
}

/** The sentence of a verb stands in its module's language files as `history.<verb>`; an unknown verb as written. */
function whatOf({ locale, texts }: Scope, line: Line): Html {
  const sentence = findSentence(texts, locale, `history.${line.verb}`) ?? ltr(line.verb)
  const [kind = '', id = ''] = line.subject.split(/:(.*)/)
  const reason = kind === 'reason' ? html` ${ltr(id)}` : ''
  return html`${sentence}${reason}${line.content && contentOf(locale, line.content)}`
}

function contentOf(locale: Locale, content: NonNullable<Line['content']>): Html {
  return html`<details>
    <summary>${text(locale)('lines.content')}</summary>
    <dl class="facts">
      ${Object.entries(content).map(
        ([name, value]) =>
          html`<div>
            <dt>${ltr(name)}</dt>
            <dd><bdi>${typeof value === 'string' ? value : JSON.stringify(value)}</bdi></dd>
          </div>`,
      )}
    </dl>
  </details>`
}

function findSentence(texts: readonly Sentences[], locale: Locale, key: string): string | undefined {
  for (const each of texts) {
    const found = each.find(locale, key)
    if (found !== undefined) return found
  }
  return undefined
}

const roles = [...everyone, 'system', 'duty'] as const

/** The role and, to tell people apart, the beginning of the account's number: the history holds no names. */
function whoOf(community: Community, locale: Locale, actor: string): Html | string {
  if (actor === 'duty:command-line') return text(locale)('role.host')
  const [word = '', id = ''] = actor.split(':')
  const role = roles.find((each) => each === word)
  const name = role && role !== 'poc' ? text(locale)(`role.${role}`) : community.kindName(word, locale)
  return id === '' || role === 'duty' ? name : html`${name} ${ltr(id.slice(0, 8))}`
}

function stateOf(community: Community, locale: Locale, line: Line): string {
  const code = parseStateCode(line.state ?? '')
  return code ? community.stateName(code, locale) : '–'
}
