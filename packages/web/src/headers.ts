/** The policy of every page but those that bring a stricter one: nothing from elsewhere, nothing to elsewhere, in nobody's frame. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What every answer says to a browser, whoever asks. */
export const browserHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  // With no-referrer, browsers send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'content-security-policy': pagePolicy,
}
