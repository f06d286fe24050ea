import { route } from '@parley/web'

export const ourTokensRoute = route('/our-tokens')
export const revokeTokenRoute = route('/our-tokens/revoke')
export const tokensRoute = route('/states/:state/tokens')
