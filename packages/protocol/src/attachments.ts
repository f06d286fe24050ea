import type { Attachment, Message } from './message.ts'

/** A file as it goes with a message or came with one. */
export interface FileContent {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** How a file is listed in a message: name, size and SHA-256. */
export async function describeFile({ name, bytes }: FileContent): Promise<Attachment> {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { name, size: bytes.byteLength, sha256 }
}

export interface ComparedFiles {
  /** Listed in the message, and not there. */
  readonly missing: readonly string[]
  /** There, and not as the message lists it. */
  readonly different: readonly string[]
  /** There, and not listed. */
  readonly unlisted: readonly string[]
}

/** Holds the files that came with a message against its list. */
export async function compareFiles(
  { attachments }: Pick<Message, 'attachments'>,
  files: readonly FileContent[],
): Promise<ComparedFiles> {
  const found = await Promise.all(files.map(describeFile))
  return {
    missing: attachments.filter(({ name }) => named(found, name) === undefined).map(nameOf),
    different: found.filter((file) => differs(file, named(attachments, file.name))).map(nameOf),
    unlisted: found.filter(({ name }) => named(attachments, name) === undefined).map(nameOf),
  }
}

function named(list: readonly Attachment[], name: string): Attachment | undefined {
  return list.find((each) => each.name === name)
}

function nameOf({ name }: Attachment): string {
  return name
}

function differs(file: Attachment, listed: Attachment | undefined): boolean {
  return listed !== undefined && (file.size !== listed.size || file.sha256 !== listed.sha256)
}
