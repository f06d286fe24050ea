/** Where the United Nations keeps a document. */
export function documentUrl(symbol: string): string {
  return `https://undocs.org/${symbol.split('/').map(encodeURIComponent).join('/')}`
}
