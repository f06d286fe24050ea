import { ok, refuse, type Result } from '@parley/kernel'
import { isPlainAddress } from '@parley/mail'
import { checkSigning, openOwnKey } from '@parley/protocol/openpgp'
import {
  errorSummary,
  facts,
  type FormView,
  href,
  html,
  type Html,
  line,
  ltr,
  notice,
  nothing,
  optionalLine,
  optionalParagraphs,
  secret,
  select,
  textField,
  tick,
  tickBox,
} from '@parley/web'
import { z } from 'zod'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { mailboxRoute, mailSettingsRoute, ownKeyRoute } from '../routes.ts'
import { type MailServer, readMailSettings, writeMailSettings } from './mail-settings.ts'
import { dropOwnKey, readOwnKey, writeOwnKey } from './own-key.ts'

const securities = ['tls', 'starttls', 'none'] as const
const usualPorts = { imap: 993, smtp: 465 } as const

/** Where the office's mail lies, by which way it leaves, and the key that it signs with. */
export const mailSettingsPage = page({
  route: mailSettingsRoute,
  read: async (scope, typed) => {
    const { locale, now } = scope
    const t = text(locale)
    const view = formView(scope, typed)
    const kept = await readMailSettings(scope)
    const body = html`<h1>${t('post.title')}</h1>
      <p class="lede">${t('post.why')}</p>
      ${errorSummary(view)}
      <form method="post" action="${href(locale, mailSettingsRoute)}">
        ${textField(view, { name: 'address', label: t('preview.from'), type: 'email', value: kept?.address, autocomplete: 'off', required: true })}
        <h2>${t('post.imap')}</h2>
        <p>${t('post.imap.why')}</p>
        ${askServer(view, 'imap', kept?.imap)}
        ${kept?.imap ? nothing : tickBox(view, { name: 'all', label: t('post.all') })}
        <h2>${t('post.smtp')}</h2>
        <p>${t('post.smtp.why')}</p>
        ${askServer(view, 'smtp', kept?.smtp)}
        <button class="button main">${t('office.keep')}</button>
      </form>
      <h2>${t('post.key')}</h2>
      <p>${t('post.key.why')}</p>
      ${await keyFacts(scope, now)}
      <form method="post" action="${href(locale, ownKeyRoute)}">
        ${textField(view, { name: 'armored', label: t('post.key.armored'), help: t('post.key.help'), rows: 4, autocomplete: 'off' })}
        ${textField(view, { name: 'passphrase', label: t('post.key.passphrase'), type: 'password', autocomplete: 'off' })}
        <button class="button main">${t('office.keep')}</button>
      </form>`
    return ok({ title: t('post.title'), width: 'narrow', body })
  },
})

function askServer(view: FormView, protocol: 'imap' | 'smtp', kept: MailServer | undefined): Html {
  const t = text(view.locale)
  const name = (field: string) => `${protocol}-${field}`
  return html`${textField(view, { name: name('host'), label: t('post.host'), value: kept?.host, autocomplete: 'off' })}
  ${textField(view, { name: name('port'), label: t('post.port'), value: String(kept?.port ?? usualPorts[protocol]), inputmode: 'numeric', size: 'short', autocomplete: 'off' })}
  ${select(view, { name: name('security'), label: t('post.security'), value: kept?.security ?? 'tls', options: securities.map((value) => ({ value, label: t(`post.security.${value}`) })) })}
  ${textField(view, { name: name('user'), label: t('post.user'), value: kept?.user, autocomplete: 'off' })}
  ${textField(view, { name: name('password'), label: t('post.password'), type: 'password', autocomplete: 'off', ...(kept && { help: t('post.password.kept') }) })}`
}

async function keyFacts(
  { locale, ...scope }: Parameters<typeof readOwnKey>[0] & { readonly locale: FormView['locale'] },
  now: Date,
): Promise<Html> {
  const t = text(locale)
  const kept = await readOwnKey(scope)
  if (!kept) return html`<p>${t('post.key.none')}</p>`
  const opened = await openOwnKey(kept.armored, kept.passphrase)
  if (!opened.ok) return notice(t('desk/own-key-unfit'), 'warn')
  const fit = await checkSigning(opened.value, now)
  return html`${fit.ok ? nothing : notice(t('desk/own-key-unfit'), 'warn')}
    ${facts([[t('mailbox.signed-by'), ltr(opened.value.fingerprint)]])}
    <details>
      <summary>${t('post.key.public')}</summary>
      <pre>${opened.value.publicKey}</pre>
    </details>`
}

const ofServer = {
  host: optionalLine(255),
  port: optionalLine(5),
  security: z.enum(securities).default('tls'),
  user: optionalLine(320),
  password: secret(1_000),
}

export const mailSettingsForm = form({
  route: mailSettingsRoute,
  on: mailSettingsPage,
  fields: z.object({
    address: line(320).refine(isPlainAddress, { error: 'field/invalid' }),
    all: tick,
    'imap-host': ofServer.host,
    'imap-port': ofServer.port,
    'imap-security': ofServer.security,
    'imap-user': ofServer.user,
    'imap-password': ofServer.password,
    'smtp-host': ofServer.host,
    'smtp-port': ofServer.port,
    'smtp-security': ofServer.security,
    'smtp-user': ofServer.user,
    'smtp-password': ofServer.password,
  }),
  act: async (scope, typed) => {
    const kept = await readMailSettings(scope)
    const imap = serverOf(
      'imap',
      {
        host: typed['imap-host'],
        port: typed['imap-port'],
        security: typed['imap-security'],
        user: typed['imap-user'],
        password: typed['imap-password'],
      },
      kept?.imap,
    )
    if (!imap.ok) return imap
    const smtp = serverOf(
      'smtp',
      {
        host: typed['smtp-host'],
        port: typed['smtp-port'],
        security: typed['smtp-security'],
        user: typed['smtp-user'],
        password: typed['smtp-password'],
      },
      kept?.smtp,
    )
    if (!smtp.ok) return smtp
    const isFirst = !kept?.imap
    const since = typed.all ? new Date(0) : scope.now
    const written = await writeMailSettings(scope, {
      version: 1,
      address: typed.address,
      ...(imap.value && { imap: imap.value }),
      ...(smtp.value && { smtp: smtp.value }),
      since: isFirst ? since.toISOString() : kept.since,
    })
    if (written.ok) void scope.desk.intake?.look()
    return written
  },
  next: ({ locale }) => href(locale, mailboxRoute),
})

interface TypedServer {
  readonly host: string | undefined
  readonly port: string | undefined
  readonly security: MailServer['security']
  readonly user: string | undefined
  readonly password: string
}

/** Nothing where no host was typed; the password of before where none was. */
function serverOf(
  protocol: 'imap' | 'smtp',
  { host, port: typed, security, user = '', password }: TypedServer,
  kept: MailServer | undefined,
): Result<MailServer | undefined> {
  if (host === undefined) return ok(undefined)
  const port = Number(typed ?? usualPorts[protocol])
  if (!/^[a-z0-9.:-]+$/i.test(host))
    return refuse({ code: 'field/invalid', kind: 'invalid', field: `${protocol}-host` })
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return refuse({ code: 'field/invalid', kind: 'invalid', field: `${protocol}-port` })
  // A password goes to no other server than the one that it was typed for.
  const isSame = kept?.host === host && kept.port === port && kept.user === user
  const known = isSame && password === '' ? kept.password : password
  return ok({ host, port, security, user, password: known })
}

export const ownKeyForm = form({
  route: ownKeyRoute,
  on: mailSettingsPage,
  fields: z.object({ armored: optionalParagraphs(100_000), passphrase: secret(1_000) }),
  act: async (scope, { armored, passphrase }) => {
    if (armored === undefined) return dropOwnKey(scope)
    const key = passphrase === '' ? { armored } : { armored, passphrase }
    const opened = await openOwnKey(key.armored, key.passphrase)
    const fit = opened.ok ? await checkSigning(opened.value, scope.now) : opened
    if (!fit.ok) return refuse({ code: 'desk/own-key-unfit', kind: 'invalid', field: 'armored' })
    return writeOwnKey(scope, key)
  },
  next: ({ locale }) => href(locale, mailSettingsRoute),
})
