import { route } from '@parley/web'

export const guidesRoute = route('/guides')
export const guideRoute = route('/guides/:guide')
