import type { Locale } from '@parley/kernel'

/** A path below the language, with its parameters in the type: `route('/rounds/:round')`. */
export interface Route<Path extends string = string> {
  readonly path: Path
}

export type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [K in Name]: string } & Params<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? { readonly [K in Name]: string }
    : unknown

export function route<Path extends string>(path: Path): Route<Path> {
  return { path }
}

/** The address of a page in a language. Every link is made here, so that none can point at nothing. */
export function href<Path extends string>(
  locale: Locale,
  to: Route<Path>,
  ...[params]: unknown extends Params<Path> ? [] : [Params<Path>]
): string {
  const values = new Map<string, unknown>(Object.entries(params ?? {}))
  const path = pathOf(to, (name) => String(values.get(name)))
  return `/${locale}${path === '/' ? '' : path}`
}

/** The path of a route, with its parameters filled in. */
export function pathOf({ path }: Route, valueOf: (name: string) => string): string {
  return path.replace(/:([a-z]+)/gi, (_, name: string) => encodeURIComponent(valueOf(name)))
}
