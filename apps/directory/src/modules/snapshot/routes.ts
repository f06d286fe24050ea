import { route } from '@parley/web'

export const keyLetterRoute = route('/our-letter')
