import { route } from '@parley/web'

export const startRoute = route('/start')
export const todayRoute = route('/today')
