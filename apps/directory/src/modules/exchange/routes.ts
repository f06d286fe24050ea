import { route } from '@parley/web'

export const composeRoute = route('/entries/:entry/inquiry')
