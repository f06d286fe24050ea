import { route } from '@parley/web'

export const overviewRoute = route('/')
export const statesRoute = route('/states')
export const stateRoute = route('/states/:state')
export const accessRequestRoute = route('/states/:state/access-request')
export const accessDecisionRoute = route('/states/:state/access-request/:request')
export const accessVerifyRoute = route('/states/:state/access-request/:request/verify')
export const accessIssueRoute = route('/states/:state/access-request/:request/issue')
export const accessDeclineRoute = route('/states/:state/access-request/:request/decline')
export const contactRoute = route('/our-state/contact')
export const competentAuthorityRoute = route('/our-state/competent-authority')
export const leaveRoute = route('/leave')
