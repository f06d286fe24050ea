import { expect, test } from 'vitest'
import { dropSession, formCookieName, keepFormCookie, keepSession, sessionCookieName } from './cookie.ts'

const origin = new URL('https://directory.example')

test('over https each cookie is bound to this host, encrypted, and out of reach of scripts', () => {
  const attributes = 'Path=/; HttpOnly; SameSite=Lax; Secure'
  expect(sessionCookieName(origin)).toBe('__Host-session')
  expect(formCookieName(origin)).toBe('__Host-form')
  expect(keepSession(origin, 'key')).toBe(`__Host-session=key; ${attributes}`)
  expect(keepFormCookie(origin, 'key')).toBe(`__Host-form=key; ${attributes}`)
  expect(dropSession(origin)).toBe(`__Host-session=; Max-Age=0; ${attributes}`)
})
