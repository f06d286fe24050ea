import { html, type Html, ltr } from '@parley/web'

/** Where anybody may write to: the directory manager's public address, and the origin that this is. */
export interface PublicContact {
  readonly managerEmail: string
  readonly origin: URL
}

export function writeTo({ managerEmail }: Pick<PublicContact, 'managerEmail'>): Html {
  return html`<a href="mailto:${managerEmail}">${ltr(managerEmail)}</a>`
}
