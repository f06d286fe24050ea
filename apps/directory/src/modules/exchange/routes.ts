import { route } from '@parley/web'

export const messagesRoute = route('/entries/:entry/messages')
export const composeRoute = route('/entries/:entry/inquiry')
export const encryptRoute = route('/entries/:entry/encrypted')
