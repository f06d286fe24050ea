// What all benches share; bare servers read it as well, so that nothing of the Directory is loaded here.

export const secret = 'a secret of the bench that guards nothing at all'
export const origin = new URL('http://localhost:8080')

/** The two ways into the database of a bench. */
export interface Urls {
  readonly url: string
  readonly ownerUrl: string
}
