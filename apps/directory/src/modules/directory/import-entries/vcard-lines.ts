/** One property of a vCard (RFC 6350, 3.3); names and parameter names in capitals. */
export interface ContentLine {
  readonly group: string
  readonly name: string
  readonly params: Readonly<Record<string, string>>
  /** As it stands there, still escaped. */
  readonly value: string
}

const start = /^(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)(?=[;:])/
const parameter = /;([A-Za-z0-9-]+)(?:=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*))?/y

/** The property of an unfolded line; nothing when the line is none. */
export function readLine(line: string): ContentLine | undefined {
  const [head, group = '', name = ''] = start.exec(line) ?? []
  if (head === undefined) return undefined
  const params: Record<string, string> = {}
  parameter.lastIndex = head.length
  let end = head.length
  for (let found = parameter.exec(line); found; found = parameter.exec(line)) {
    end = parameter.lastIndex
    const [, key = '', value] = found
    // A bare word is a type, as vCard 3.0 allows.
    const [named, said] = value === undefined ? ['TYPE', key] : [key.toUpperCase(), value.replaceAll('"', '')]
    params[named] = params[named] === undefined ? said : `${params[named]},${said}`
  }
  if (line[end] !== ':') return undefined
  return { group, name: name.toUpperCase(), params, value: line.slice(end + 1) }
}

export function unescape(value: string): string {
  return value.replace(/\\(.)/gs, (_, mark: string) => (mark === 'n' || mark === 'N' ? '\n' : mark)).trim()
}

/** The parts of a structured value, still escaped. */
export function splitValue(value: string): readonly string[] {
  return (value.match(/(?:\\.|[^;\\])+/gs) ?? []).filter((part) => part.trim() !== '')
}
