declare const stateCode: unique symbol

/** Two capital letters that name a State: ISO 3166-1 alpha-2, user-assigned ones for fictional States. */
export type StateCode = string & { readonly [stateCode]: true }

/** The State code in `text`, or nothing. Whether a State of that code exists is the community's to say. */
export function parseStateCode(text: string): StateCode | undefined {
  return /^[A-Z]{2}$/.test(text) ? (text as StateCode) : undefined
}
