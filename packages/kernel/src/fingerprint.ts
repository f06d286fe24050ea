/** A key's fingerprint in groups of four, as it is read out over the telephone. */
export function groupFingerprint(fingerprint: string): string {
  return fingerprint.replace(/(.{4})(?=.)/g, '$1 ')
}
