type Child = Node | string

/** An element with its attributes and what is in it. Text is never read as markup. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/** No helper of the browser looks at what is typed, keeps it, or asks a service about it. */
export const unwatched = {
  spellcheck: 'false',
  translate: 'no',
  autocomplete: 'off',
  autocorrect: 'off',
  autocapitalize: 'off',
  writingsuggestions: 'false',
  'data-gramm': 'false',
} as const

/** Latin letters and digits keep their order in a line from right to left. */
export function ltr(text: string): HTMLElement {
  return make('bdi', { dir: 'ltr' }, text)
}

/** The browser saves it under its name; nothing is sent. */
export function saveFile(name: string, type: string, parts: readonly BlobPart[]): void {
  const address = URL.createObjectURL(new Blob([...parts], { type }))
  make('a', { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
