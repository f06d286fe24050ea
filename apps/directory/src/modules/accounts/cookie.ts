/** Over https the prefix binds the cookie to this host; plain http happens on localhost only. */
export function sessionCookieName(origin: URL): string {
  return nameOf(origin, 'session')
}

/** The header that keeps a session's key in the browser, out of reach of scripts and of other sites. */
export function keepSession(origin: URL, key: string): string {
  return keepCookie(origin, 'session', key)
}

export function dropSession(origin: URL): string {
  return dropCookie(origin, 'session')
}

/** The cookie that a form is kept for. */
export function formCookieName(origin: URL): string {
  return nameOf(origin, 'form')
}

export function keepFormCookie(origin: URL, key: string): string {
  return keepCookie(origin, 'form', key)
}

export function dropFormCookie(origin: URL): string {
  return dropCookie(origin, 'form')
}

function nameOf(origin: URL, cookie: 'session' | 'form'): string {
  return `${origin.protocol === 'https:' ? '__Host-' : 'parley-'}${cookie}`
}

function keepCookie(origin: URL, cookie: 'session' | 'form', key: string): string {
  return `${nameOf(origin, cookie)}=${key}; ${attributes(origin)}`
}

function dropCookie(origin: URL, cookie: 'session' | 'form'): string {
  return `${nameOf(origin, cookie)}=; Max-Age=0; ${attributes(origin)}`
}

function attributes(origin: URL): string {
  return `Path=/; HttpOnly; SameSite=Lax${origin.protocol === 'https:' ? '; Secure' : ''}`
}
