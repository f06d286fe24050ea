export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** The canonical form of a JSON value (RFC 8785): the same text for the same value, whoever writes it. */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/** The hash before the first link of a chain: 32 zero bytes. */
export const chainStart = '0'.repeat(64)

/** What the hash of a link is made of: the hash before it and the canonical form of what it holds. */
export function linkText(before: string, link: Json): string {
  return `${before}\n${canonical(link)}`
}

/** The hash (SHA-256, hex) of a link. */
export async function linkHash(before: string, link: Json): Promise<string> {
  const bytes = new TextEncoder().encode(linkText(before, link))
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Follows a chain from its start. Gives back how many links hold; `brokenAt` is the number (from 1) of the
 * first link whose hash is not what the links before it make it.
 */
export async function verifyChain(
  links: AsyncIterable<{ readonly content: Json; readonly hash: string }>,
): Promise<{ readonly length: number; readonly last: string; readonly brokenAt?: number }> {
  let last = chainStart
  let length = 0
  for await (const { content, hash } of links) {
    if ((await linkHash(last, content)) !== hash) return { length, last, brokenAt: length + 1 }
    last = hash
    length += 1
  }
  return { length, last }
}
