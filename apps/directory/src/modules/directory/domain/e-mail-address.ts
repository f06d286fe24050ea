import { domainToASCII } from 'node:url'

/** Written with spaces, quotes, brackets, or controls that nobody sees: none of these reaches a mailbox of an office. */
const refused = /[\s"(),:;<>[\]\\\p{Cc}\p{Cf}]/u

const longest = 254

/**
 * The address with its domain in small letters, or nothing. Letters of any script are accepted;
 * bidirectional and zero-width controls are not.
 */
export function parseEmailAddress(text: string): string | undefined {
  const bare = text.trim().normalize('NFC')
  const [local = '', domain = '', ...more] = bare.split('@')
  if (more.length > 0 || refused.test(bare) || bare.length > longest || local.length > 64) return undefined
  if (!/^[^.]+(\.[^.]+)*$/.test(local)) return undefined
  const ascii = domainToASCII(domain)
  const labels = ascii.split('.')
  const named =
    labels.length > 1 && labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
  return named && !/^[0-9]+$/.test(labels.at(-1) ?? '') ? `${local}@${domain.toLowerCase()}` : undefined
}
