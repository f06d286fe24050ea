import { after, type Clock, day } from '@parley/kernel'
import { href, type Route } from '@parley/web'
import { Hono } from 'hono'
import type { Profile } from './profile.ts'
import type { PublicContact } from './public-contact.ts'
import { weaknessRoute } from './routes.ts'

/** Long enough that nobody is sent away, short enough that a forgotten copy runs out (RFC 9116: under a year). */
const validForDays = 180

/** What machines ask for before they look at anything else: whom to tell of a weakness, and what to index. */
export function wellKnown(
  { languages }: Pick<Profile, 'languages'>,
  contact: PublicContact,
  clock: Clock,
  publicRoutes: readonly Route[],
  lettersRoute: Route,
): Hono {
  const street = new Hono()
  street.get('/.well-known/security.txt', (c) => c.text(securityText(languages, contact, clock.now())))
  street.get('/robots.txt', (c) => c.text(robotsText(languages, publicRoutes, lettersRoute)))
  return street
}

type Languages = Profile['languages']

/** RFC 9116: one field a line. The policy is in the first language of the community that is English, else its first. */
function securityText(languages: Languages, { managerEmail, origin }: PublicContact, now: Date): string {
  const locale = languages.find((language) => language === 'en') ?? languages[0] ?? 'en'
  return [
    `Contact: mailto:${managerEmail}`,
    `Expires: ${after(now, validForDays * day).toISOString()}`,
    `Preferred-Languages: ${languages.join(', ')}`,
    `Canonical: ${new URL('/.well-known/security.txt', origin).href}`,
    `Policy: ${new URL(href(locale, weaknessRoute), origin).href}`,
    '',
  ].join('\n')
}

/** RFC 9309: the longest rule wins, so that only these pages are read; `$` ends an address. */
function robotsText(languages: Languages, routes: readonly Route[], letters: Route): string {
  const allowed = languages.flatMap((locale) => [
    ...routes.map((route) => `Allow: ${href(locale, route)}$`),
    `Allow: ${href(locale, letters)}`,
  ])
  return ['User-agent: *', 'Disallow: /', 'Allow: /assets/', ...allowed, ''].join('\n')
}
