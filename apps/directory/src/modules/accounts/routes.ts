import { route } from '@parley/web'

export const signInRoute = route('/sign-in')
export const signOutRoute = route('/sign-out')
