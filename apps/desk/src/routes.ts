import { route } from '@parley/web'

export const startRoute = route('/')
export const doorRoute = route('/door')
export const firstStartRoute = route('/first-start')
export const beginRoute = route('/begin')
export const unlockRoute = route('/unlock')
export const lockRoute = route('/lock')
export const stayRoute = route('/stay')
export const tryRoute = route('/try')
export const officeRoute = route('/office')
export const casesRoute = route('/cases')
export const caseRoute = route('/cases/:id')
