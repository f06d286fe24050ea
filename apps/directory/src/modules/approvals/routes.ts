import { route } from '@parley/web'

export const approvalsRoute = route('/approvals')
export const approveRoute = route('/approvals/:request/approve')
export const declineRoute = route('/approvals/:request/decline')
export const withdrawRequestRoute = route('/approvals/:request/withdraw')
export const switchOnRoute = route('/approvals/switch-on')
export const switchOffRoute = route('/approvals/switch-off')

export const approveOursRoute = route('/our-approvals/:request/approve')
export const declineOursRoute = route('/our-approvals/:request/decline')
export const withdrawOursRoute = route('/our-approvals/:request/withdraw')
export const ownRuleRoute = route('/our-approvals/rule')
