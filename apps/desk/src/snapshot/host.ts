import { domainToASCII, domainToUnicode } from 'node:url'
import { parse } from 'tldts'
import { isOneAway, skeleton } from './looks-alike.ts'

/** The part of an e-mail address behind its @, read as whoever registers it and whoever looks at it. */
export interface Host {
  /** As the DNS writes it. */
  readonly ascii: string
  /** What was registered, in letters: `sahiliya.example` of `mail.sahiliya.example`. */
  readonly domain: string
  /** Its first label: `sahiliya`. */
  readonly name: string
  /** What it was registered under: `example`, `gov.ke`. */
  readonly suffix: string
  /** Whether nobody but a government registers there. */
  readonly isGovernments: boolean
  readonly looks: { readonly name: string; readonly domain: string; readonly letters: string }
}

/** Suffixes that governments keep to themselves, where they are public suffixes (`gov.ke`, `gob.mx`, `go.jp`). */
const governments = /^(?:gov|govt|gob|gub|gouv|gc|go|mil)(?:\.[a-z]{2})?$/

export function readHost(typed: string): Host {
  const ascii = domainToASCII(typed) || typed.toLowerCase()
  const { domain, domainWithoutSuffix, publicSuffix, isIcann } = parse(ascii, {
    allowPrivateDomains: true,
    validateHostname: false,
  })
  const written = domainToUnicode(domain ?? ascii) || ascii
  const name = domainToUnicode(domainWithoutSuffix ?? ascii) || ascii
  return {
    ascii,
    domain: written,
    name,
    suffix: publicSuffix ?? '',
    isGovernments: isIcann === true && governments.test(publicSuffix ?? ''),
    looks: { name: skeleton(name), domain: skeleton(written), letters: lettersOf(written) },
  }
}

/** Points and hyphens are what is easily overlooked. */
function lettersOf(domain: string): string {
  return skeleton(domain.replace(/[.-]/g, ''))
}

/**
 * Whether a host passes for another one's: letters that look the same, one letter away, the same name under another
 * top-level domain, or the other domain within its own (`sahiliya.example.evil.test`).
 */
export function passesFor(host: Host, known: Host, isCommonName: (name: string) => boolean): boolean {
  // A host of the same domain is its owner's, and so is what only a government can register.
  if (host.domain === known.domain || host.isGovernments) return false
  if (host.looks.domain === known.looks.domain || host.looks.letters === known.looks.letters) return true
  if (isWithin(host, known)) return true
  if (host.suffix === known.suffix)
    return Math.min(host.name.length, known.name.length) >= 3 && isOneAway(host.name, known.name)
  return host.looks.name === known.looks.name && !isCommonName(known.looks.name)
}

function isWithin(host: Host, known: Host): boolean {
  const labels = `.${host.ascii.replaceAll('-', '.')}.`
  return [known.ascii, known.domain].some((name) => labels.includes(`.${name.replaceAll('-', '.')}.`))
}
