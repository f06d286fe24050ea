import { route } from '@parley/web'

export const beSomeoneRoute = route('/demonstration')
export const clockRoute = route('/demonstration/clock')
export const sinkRoute = route('/demonstration/mail')
export const sunkMailRoute = route('/demonstration/mail/:mail')
export const replyRoute = route('/demonstration/mail/:mail/reply')
