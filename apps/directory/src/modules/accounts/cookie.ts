/** Over https the prefix binds the cookie to this host; plain http happens on localhost only. */
export function sessionCookieName(origin: URL): string {
  return origin.protocol === 'https:' ? '__Host-session' : 'parley-session'
}

/** The header that keeps a session's key in the browser, out of reach of scripts and of other sites. */
export function keepSession(origin: URL, key: string): string {
  return `${sessionCookieName(origin)}=${key}; ${attributes(origin)}`
}

export function dropSession(origin: URL): string {
  return `${sessionCookieName(origin)}=; Max-Age=0; ${attributes(origin)}`
}

function attributes(origin: URL): string {
  return `Path=/; HttpOnly; SameSite=Lax${origin.protocol === 'https:' ? '; Secure' : ''}`
}
