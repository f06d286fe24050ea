import type { Locale } from '@parley/kernel'

/**
 * A path below the language, with its parameters in the type: `route('/rounds/:round')`. A last one with a plus takes
 * all segments that are left: `route('/documents/:address+')`.
 */
export interface Route<Path extends string = string> {
  readonly path: Path
}

export type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [K in Name]: string } & Params<`/${Rest}`>
  : Path extends `${string}:${infer Name}+`
    ? { readonly [K in Name]: string }
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
  return path.replace(parameter, (_, name: string, many: string) => {
    const segments = many === '' ? [valueOf(name)] : valueOf(name).split('/')
    return segments.map(encodeURIComponent).join('/')
  })
}

/** The path of a route as the router reads it. */
export function patternOf({ path }: Route): string {
  return path.replace(parameter, (whole, name: string, many: string) =>
    many === '' ? whole : `:${name}{.+}`,
  )
}

const parameter = /:([a-z]+)(\+?)/gi
