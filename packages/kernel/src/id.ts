declare const kind: unique symbol

/** A random UUID that names one kind of thing. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind }

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** A fresh random id. */
export function newId<Kind extends string>(): Id<Kind> {
  return brand(crypto.randomUUID())
}

/** The id written in `text` (lower-case UUID), or nothing if it is not one. */
export function parseId<Kind extends string>(text: string): Id<Kind> | undefined {
  return uuidPattern.test(text) ? brand(text) : undefined
}

function brand<Kind extends string>(text: string): Id<Kind> {
  return text as Id<Kind>
}
