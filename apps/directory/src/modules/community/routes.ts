import { route } from '@parley/web'

export const overviewRoute = route('/')
export const statesRoute = route('/states')
export const stateRoute = route('/states/:state')
export const accessRequestRoute = route('/states/:state/access-request')
export const accessDecisionRoute = route('/states/:state/access-request/:request')
export const leaveRoute = route('/leave')
