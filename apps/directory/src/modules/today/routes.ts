import { route } from '@parley/web'

export const startRoute = route('/start')
export const welcomeRoute = route('/welcome')
export const todayRoute = route('/today')
